/// Tokens and project keys: parse, verify, sign; who is calling. Its doors are
/// [Tokens][dev.hearth.token.Tokens], [ProjectKeys][dev.hearth.token.ProjectKeys] and
/// [Caller][dev.hearth.token.Caller]. It does no I/O and never answers anybody: each capability
/// words its refusals itself.
///
/// Algorithms are those of the configured keys and no others: HS256, HS384 and HS512 with the
/// secret, ES256 and RS256 with a JWK; `none` never, and a public key never serves as a secret.
@NullMarked
package dev.hearth.token;

import org.jspecify.annotations.NullMarked;
