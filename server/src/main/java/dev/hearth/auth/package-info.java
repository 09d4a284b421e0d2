/// Users, sessions and the tokens that stand for them: anonymous sign-up, refresh with rotation,
/// the user, sign-out, settings, health and the public keys. Its door is
/// [Auth][dev.hearth.auth.Auth], which offers routes; it mirrors supabase/auth (`internal/api`,
/// `internal/tokens`) in objects, texts and the rows that it writes.
///
/// It works in the tables of schema `auth` as their owner, through
/// [AuthDatabase][dev.hearth.auth.AuthDatabase]; it never acts as a caller's role, and never logs a
/// token, a password or what a user said about themselves.
@NullMarked
package dev.hearth.auth;

import org.jspecify.annotations.NullMarked;
