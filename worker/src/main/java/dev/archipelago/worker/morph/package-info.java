/**
 * Networks grown from trained ones without a change of their function: Net2Net (Chen, Goodfellow
 * and Shlens 2016, arXiv:1511.05641).
 *
 * <p>Entry points: {@link dev.archipelago.worker.morph.Net2Net}, and {@link
 * dev.archipelago.worker.morph.BatchStatistics} for what only images can tell. May use {@code
 * protocol} and the port in {@code worker.engine}; knows no library's types.
 */
@NullMarked
package dev.archipelago.worker.morph;

import org.jspecify.annotations.NullMarked;
