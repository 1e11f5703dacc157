package dev.archipelago.controller.journal;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.archipelago.controller.search.SearchRegistry;
import dev.archipelago.controller.search.SearchStatus;
import dev.archipelago.protocol.trial.SearchId;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The journal's database, H2 or PostgreSQL: its tables, and the table of searches.
 *
 * <p>Updates are written by one thread, for each search only the latest that waits: a busy search
 * costs the table no more than a quiet one.
 */
public final class JdbcStore implements SearchRegistry, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(JdbcStore.class);

  private static final String TABLE =
      "CREATE TABLE IF NOT EXISTS searches ("
          + "id VARCHAR(64) PRIMARY KEY, status VARCHAR(16) NOT NULL, summary TEXT NOT NULL)";

  private final HikariDataSource source;
  private final ExecutorService writer =
      Executors.newSingleThreadExecutor(
          task -> {
            Thread thread = new Thread(task, "search-registry");
            thread.setDaemon(true);
            return thread;
          });
  private final Map<SearchId, Entry> waiting = new TreeMap<>(); // guarded by itself

  /**
   * Opens the database and makes the tables that are missing.
   *
   * @throws IllegalStateException saying what the database answered
   */
  public JdbcStore(String url, String user, String password) {
    HikariConfig config = new HikariConfig();
    config.setPoolName("registry");
    config.setJdbcUrl(url);
    config.setUsername(user);
    config.setPassword(password);
    config.setMaximumPoolSize(2);
    config.setInitializationFailTimeout(TimeUnit.SECONDS.toMillis(10));
    try {
      source = new HikariDataSource(config);
      try (Connection connection = source.getConnection();
          Statement statement = connection.createStatement()) {
        JournalSchema.create(connection);
        statement.execute(TABLE);
      }
    } catch (SQLException | RuntimeException e) {
      throw new IllegalStateException("cannot use the database " + url + ": " + root(e), e);
    }
  }

  private static String root(Throwable e) {
    Throwable cause = e;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    return String.valueOf(cause.getMessage());
  }

  @Override
  public void register(SearchId id, String summary) {
    write(new Entry(id, SearchStatus.RUNNING, summary));
  }

  @Override
  public void update(Entry entry) {
    synchronized (waiting) {
      waiting.put(entry.id(), entry);
    }
    if (!writer.isShutdown()) {
      writer.execute(() -> flush(entry.id()));
    }
  }

  private void flush(SearchId id) {
    Entry latest;
    synchronized (waiting) {
      latest = waiting.remove(id);
    }
    if (latest != null) {
      try {
        write(latest);
      } catch (IllegalStateException e) {
        LOG.warn("the row of search {} is not up to date: {}", id, e.getMessage());
        synchronized (waiting) {
          waiting.putIfAbsent(id, latest); // goes down with the next update, or at the end
        }
      }
    }
  }

  private void write(Entry entry) {
    try (Connection connection = source.getConnection()) {
      try (PreparedStatement update =
          connection.prepareStatement("UPDATE searches SET status = ?, summary = ? WHERE id = ?")) {
        update.setString(1, entry.status().name());
        update.setString(2, entry.summary());
        update.setString(3, entry.id().value());
        if (update.executeUpdate() == 1) {
          return;
        }
      }
      try (PreparedStatement insert =
          connection.prepareStatement(
              "INSERT INTO searches (status, summary, id) VALUES (?, ?, ?)")) {
        insert.setString(1, entry.status().name());
        insert.setString(2, entry.summary());
        insert.setString(3, entry.id().value());
        insert.executeUpdate();
      }
    } catch (SQLException e) {
      throw new IllegalStateException("cannot write the table of searches: " + root(e), e);
    }
  }

  @Override
  public void forget(SearchId id) {
    writer.execute(
        () -> {
          try (Connection connection = source.getConnection();
              PreparedStatement delete =
                  connection.prepareStatement("DELETE FROM searches WHERE id = ?")) {
            delete.setString(1, id.value());
            delete.executeUpdate();
          } catch (SQLException e) {
            LOG.warn("the row of search {} cannot be removed: {}", id, e.getMessage());
          }
        });
  }

  @Override
  public List<Entry> all() {
    try (Connection connection = source.getConnection();
        Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery("SELECT id, status, summary FROM searches ORDER BY id")) {
      List<Entry> entries = new ArrayList<>();
      while (rows.next()) {
        entries.add(entry(rows));
      }
      return entries;
    } catch (SQLException e) {
      throw unreadable(e);
    }
  }

  @Override
  public Optional<Entry> find(SearchId id) {
    try (Connection connection = source.getConnection();
        PreparedStatement query =
            connection.prepareStatement("SELECT id, status, summary FROM searches WHERE id = ?")) {
      query.setString(1, id.value());
      try (ResultSet rows = query.executeQuery()) {
        return rows.next() ? Optional.of(entry(rows)) : Optional.empty();
      }
    } catch (SQLException e) {
      throw unreadable(e);
    }
  }

  private static Entry entry(ResultSet row) throws SQLException {
    return new Entry(
        new SearchId(row.getString(1)), SearchStatus.valueOf(row.getString(2)), row.getString(3));
  }

  private static IllegalStateException unreadable(SQLException e) {
    return new IllegalStateException("cannot read the table of searches: " + root(e), e);
  }

  /** Writes what waits, and nothing afterwards; the table may still be read. */
  public void finish() {
    writer.shutdown();
    try {
      if (!writer.awaitTermination(5, TimeUnit.SECONDS)) {
        LOG.warn("the table of searches was not written to its end");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Writes what waits, then lets go of the database. */
  @Override
  public void close() {
    finish();
    source.close();
  }
}
