package dev.archipelago.worker.data;

/**
 * What a check found out about a file, or about a folder of images.
 *
 * @param file what to call it before a user
 * @param good whether it is there and whole
 * @param finding what was checked, or what is wrong
 */
public record FileReport(String file, boolean good, String finding) {}
