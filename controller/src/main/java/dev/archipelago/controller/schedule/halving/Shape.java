package dev.archipelago.controller.schedule.halving;

/**
 * A bracket before it begins.
 *
 * @param size configurations that start in it, at least 1
 * @param rung where they start
 */
record Shape(int size, int rung) {}
