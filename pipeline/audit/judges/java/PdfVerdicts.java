import java.io.BufferedReader;
import java.io.File;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.Foundries;
import org.verapdf.pdfa.PDFAParser;
import org.verapdf.pdfa.PDFAValidator;
import org.verapdf.pdfa.flavours.PDFAFlavour;
import org.verapdf.pdfa.results.TestAssertion;

/**
 * The veraPDF engine over many files in one process, by one profile (1a ... 4f, ua1, ua2), which is
 * the only argument. File names come on standard input, a line each. Each broken rule goes out as
 * one line: file, "ERROR", clause and test, how often, first message and its place, parted by tabs.
 * A line "file TAB done TAB checks" closes each file; zero checks mean that nothing was judged.
 */
class PdfVerdicts {
  static final int MOST_FAILURES = 5000;
  static PrintStream out;

  public static void main(String[] arguments) throws Exception {
    out = new PrintStream(System.out, false, StandardCharsets.UTF_8);
    System.setOut(System.err); // nothing else may write between the lines
    Logger.getLogger("org.verapdf").setLevel(Level.SEVERE);
    VeraGreenfieldFoundryProvider.initialise();
    PDFAFlavour profile = PDFAFlavour.byFlavourId(arguments[0]);
    if (!profile.getId().equals(arguments[0]))
      throw new IllegalArgumentException("no profile " + arguments[0]);
    var names = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String name; (name = names.readLine()) != null; )
      out.println(name + "\tdone\t" + judge(name, profile));
    out.flush();
  }

  /** Prints what is broken; returns how many checks were made. */
  static int judge(String name, PDFAFlavour profile) {
    try (PDFAParser parser = Foundries.defaultInstance().createParser(new File(name), profile);
        PDFAValidator validator = Foundries.defaultInstance()
            .createValidator(profile, MOST_FAILURES, false, false, false)) {
      var verdict = validator.validate(parser);
      Map<String, TestAssertion> first = new TreeMap<>();
      Map<String, Integer> counts = new TreeMap<>();
      for (TestAssertion assertion : verdict.getTestAssertions()) {
        if (assertion.getStatus() == TestAssertion.Status.PASSED) continue;
        var rule = assertion.getRuleId();
        String key = rule.getClause() + "-" + rule.getTestNumber();
        first.putIfAbsent(key, assertion);
        counts.merge(key, 1, Integer::sum);
      }
      for (var entry : first.entrySet())
        line(name, entry.getKey(), "x" + counts.get(entry.getKey()), words(entry.getValue()));
      if (first.isEmpty() && !verdict.isCompliant()) line(name, "?", "x1", "not compliant");
      return verdict.getTotalAssertions();
    } catch (Exception trouble) {
      line(name, "unreadable", "x1", trouble.toString());
      return 0;
    }
  }

  static String words(TestAssertion assertion) {
    String message = assertion.getErrorMessage();
    return (message == null ? assertion.getMessage() : message)
        + " at " + assertion.getLocation().getContext();
  }

  static void line(String name, String rule, String count, String text) {
    String flat = text.replaceAll("\\s+", " ").trim();
    out.println(String.join("\t", name, "ERROR", rule, count, flat));
  }
}
