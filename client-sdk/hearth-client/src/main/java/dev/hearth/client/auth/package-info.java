/// Users and sessions.
@NullMarked
package dev.hearth.client.auth;

import org.jspecify.annotations.NullMarked;
