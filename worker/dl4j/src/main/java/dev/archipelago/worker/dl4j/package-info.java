/**
 * The engine on Deeplearning4j, for stand-alone networks of the image spaces: the second engine,
 * and the only code that sees {@code org.deeplearning4j} and {@code org.nd4j}.
 *
 * <p>Entry points: {@link dev.archipelago.worker.dl4j.Dl4jEngine}, and {@link
 * dev.archipelago.worker.dl4j.ModelFile} for Deeplearning4j's model files. May use {@code protocol}
 * and {@code worker.engine}.
 */
@NullMarked
package dev.archipelago.worker.dl4j;

import org.jspecify.annotations.NullMarked;
