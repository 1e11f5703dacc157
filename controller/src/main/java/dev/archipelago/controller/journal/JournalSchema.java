package dev.archipelago.controller.journal;

import akka.persistence.jdbc.testkit.javadsl.SchemaUtils;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** Akka Persistence's tables, from the scripts in its own jar. */
final class JournalSchema {
  private JournalSchema() {}

  /** Makes the tables where they are missing; of two controllers that try at once, both succeed. */
  static void create(Connection connection) throws SQLException {
    if (exists(connection)) {
      return;
    }
    try (Statement statement = connection.createStatement()) {
      for (String sql : script(connection).split(";")) {
        if (!sql.isBlank()) {
          statement.execute(sql);
        }
      }
    } catch (SQLException e) {
      if (!exists(connection)) {
        throw e;
      }
    }
  }

  private static boolean exists(Connection connection) throws SQLException {
    try (ResultSet tables =
        connection.getMetaData().getTables(connection.getCatalog(), null, "durable_state", null)) {
      return tables.next(); // the last table of the script
    }
  }

  private static String script(Connection connection) throws SQLException {
    String product = connection.getMetaData().getDatabaseProductName();
    String path =
        switch (product) {
          case "H2" -> "/schema/h2/h2-create-schema.sql";
          case "PostgreSQL" -> "/schema/postgres/postgres-create-schema.sql";
          default ->
              throw new SQLException("the journal lives in H2 or PostgreSQL, not " + product);
        };
    try (InputStream script = SchemaUtils.class.getResourceAsStream(path)) {
      if (script == null) {
        throw new SQLException("akka-persistence-jdbc holds no " + path);
      }
      return new String(script.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
