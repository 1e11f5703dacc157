import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.nio.file.Files;
import java.nio.file.Path;

/** Exits with 1 unless the document is that of a finished search whose winner was tested. */
class CheckQuickStart {
  public static void main(String[] args) throws Exception {
    String document = Files.readString(Path.of(args[0]));
    System.out.println(document);
    JsonNode search = JsonMapper.builder().build().readTree(document);
    require(search.path("trials").path("completed").asInt() >= 4, "four trials are completed");
    for (String arm : new String[] {"winner", "baseline"}) {
      JsonNode accuracy = search.path(arm).path("testAccuracy");
      require(accuracy.isNumber(), arm + " has a test accuracy");
      require(
          accuracy.asDouble() > 0.5 && accuracy.asDouble() <= 1.0,
          arm + "'s test accuracy is a fraction, and far above chance (0.1)");
    }
    System.out.println("The quick start found a winner and tested it.");
  }

  private static void require(boolean held, String what) {
    if (!held) {
      System.err.println("The quick start failed: expected that " + what + ".");
      System.exit(1);
    }
  }
}
