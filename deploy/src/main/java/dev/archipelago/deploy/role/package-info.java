/**
 * The roles, put together from the modules that make them: a controller, a worker, and the data
 * sets that both speak of.
 *
 * <p>Entry point: {@link dev.archipelago.deploy.role.Roles}; {@link
 * dev.archipelago.deploy.role.ProductRoles} are the real ones. The only package that knows both
 * {@code controller} and {@code worker}.
 */
@NullMarked
package dev.archipelago.deploy.role;

import org.jspecify.annotations.NullMarked;
