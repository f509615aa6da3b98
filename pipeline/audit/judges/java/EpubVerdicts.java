import com.adobe.epubcheck.api.EPUBLocation;
import com.adobe.epubcheck.api.EpubCheck;
import com.adobe.epubcheck.api.MasterReport;
import com.adobe.epubcheck.messages.Message;
import com.adobe.epubcheck.messages.Severity;
import com.adobe.epubcheck.util.FeatureEnum;
import com.adobe.epubcheck.util.ReportingLevel;
import java.io.BufferedReader;
import java.io.File;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * epubcheck over many files in one process. The only argument is the least severity (USAGE, WARNING
 * ...). File names come on standard input, a line each; each message of that severity or above goes
 * out as one line: file, severity, code, place, text, parted by tabs. A line "file TAB done" closes each file, so that a crash is not taken for silence.
 */
class EpubVerdicts {
  static PrintStream out;
  static Severity least;

  public static void main(String[] arguments) throws Exception {
    out = new PrintStream(System.out, false, StandardCharsets.UTF_8);
    System.setOut(System.err); // nothing else may write between the lines
    least = Severity.valueOf(arguments[0]);
    var names = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String name; (name = names.readLine()) != null; ) {
      var report = new Lines(name);
      report.setLocale(Locale.ENGLISH);
      report.setReportingLevel(ReportingLevel.getReportingLevel(least)); // else usage is left out
      new EpubCheck(new File(name), report).check();
      out.println(name + "\tdone");
    }
    out.flush();
  }

  static String flat(Object text) {
    return String.valueOf(text).replaceAll("\\s+", " ").trim();
  }

  static class Lines extends MasterReport {
    final String name;

    Lines(String name) {
      this.name = name;
    }

    @Override
    public void message(Message message, EPUBLocation place, Object... arguments) {
      if (message.getSeverity().toInt() < least.toInt()) return;
      String where = place == null ? "" : flat(place.getPath()) + ":" + place.getLine();
      out.println(String.join("\t", name, message.getSeverity().toString(),
          message.getID().toString(), where, flat(message.getMessage(arguments))));
    }

    @Override
    public void info(String resource, FeatureEnum feature, String value) {}

    @Override
    public int generate() {
      return 0;
    }

    @Override
    public void initialize() {}
  }
}
