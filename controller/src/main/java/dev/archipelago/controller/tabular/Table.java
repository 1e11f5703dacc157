package dev.archipelago.controller.tabular;

import dev.archipelago.protocol.space.Architecture;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * NAS-Bench-201 (Dong and Yang 2020, arXiv:2001.00326): what training every architecture of its
 * space gave.
 *
 * <p>Immutable and safe to share. Looking up costs an array index. <b>Checked by:</b> {@code
 * TableTest}.
 */
public final class Table {
  private final List<Entry> entries;

  /** Place in {@link #entries} by the cell's number; -1 where the table has none. */
  private final int[] places;

  private Table(List<Entry> entries, int[] places) {
    this.entries = entries;
    this.places = places;
  }

  /**
   * Reads a {@code .csv} or {@code .csv.gz} with a header line; columns that it does not know are
   * passed over.
   *
   * @throws TableException naming file, line and column, if there is no such file, a column is
   *     missing, a number is none or out of range, or an architecture is unknown or comes twice
   */
  public static Table read(Path file) {
    return of(TableReader.read(file));
  }

  /**
   * @param entries of different architectures
   */
  static Table of(List<Entry> entries) {
    int[] places = new int[Cells.COUNT];
    Arrays.fill(places, -1);
    List<Entry> all = new ArrayList<>(entries);
    for (int i = 0; i < all.size(); i++) {
      places[Cells.number(all.get(i).architecture())] = i;
    }
    return new Table(List.copyOf(all), places);
  }

  /** What the table says; empty for an architecture of another space, or one that it lacks. */
  public Optional<Entry> find(Architecture architecture) {
    if (!Cells.ALL.contains(architecture)) {
      return Optional.empty();
    }
    int place = places[Cells.number(architecture)];
    return place < 0 ? Optional.empty() : Optional.of(entries.get(place));
  }

  /** In the order of the file. */
  public List<Entry> entries() {
    return entries;
  }
}
