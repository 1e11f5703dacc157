package dev.archipelago.worker.data;

/**
 * A file of a data set as its authors published it. It may lie on disk gzipped: size and checksum
 * are those of the content, so that it does not matter who compressed it.
 *
 * @param name without {@code .gz}
 * @param bytes of the content
 * @param checksum of the content
 */
record PublishedFile(String name, long bytes, Checksum checksum) {}
