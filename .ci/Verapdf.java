import java.io.FileInputStream;
import java.io.InputStream;
import java.util.Map;
import java.util.TreeMap;
import java.util.logging.LogManager;
import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.Foundries;
import org.verapdf.pdfa.flavours.PDFAFlavour;
import org.verapdf.pdfa.results.TestAssertion;
import org.verapdf.pdfa.results.ValidationResult;
import org.verapdf.pdfa.validation.profiles.Profiles;
import org.verapdf.pdfa.validation.profiles.ValidationProfile;

/**
 * Validates files against flavours: {@code 2a,ua1 FILE...}. A line for each file and flavour, and under one
 * that fails a line for each rule with the first place that breaks it. Exits 1 when any fails.
 */
public final class Verapdf {
    public static void main(String[] arguments) throws Exception {
        LogManager.getLogManager().reset();
        VeraGreenfieldFoundryProvider.initialise();
        boolean sound = arguments.length > 1;
        for (int file = 1; file < arguments.length; file++) {
            for (String flavour : arguments[0].split(",")) {
                sound &= validates(arguments[file], flavour);
            }
        }
        System.exit(sound ? 0 : 1);
    }

    private static boolean validates(String path, String name) {
        PDFAFlavour flavour = PDFAFlavour.fromString(name);
        try (InputStream bytes = new FileInputStream(path);
                var parser = Foundries.defaultInstance().createParser(bytes, flavour)) {
            var validator = Foundries.defaultInstance().createValidator(profile(name), false);
            ValidationResult result = validator.validate(parser);
            String verdict = result.isCompliant() ? "PASS" : "FAIL";
            System.out.printf("%s %s %s (%d checks)%n", verdict, name, path, result.getTotalAssertions());
            brokenRules(result).forEach((rule, where) -> System.out.println("     " + rule + ": " + where));
            return result.isCompliant() && result.getTotalAssertions() > 0;
        } catch (Exception fault) {
            System.out.printf("ERROR %s %s %s%n", name, path, fault);
            return false;
        }
    }

    private static ValidationProfile profile(String name) throws Exception {
        String standard = name.startsWith("ua") ? "PDFUA-" + name.substring(2) : "PDFA-" + name.toUpperCase();
        String path = "org/verapdf/pdfa/validation/" + standard + ".xml";
        try (InputStream rules = Verapdf.class.getClassLoader().getResourceAsStream(path)) {
            return Profiles.profileFromXml(rules);
        }
    }

    private static Map<String, String> brokenRules(ValidationResult result) {
        Map<String, String> broken = new TreeMap<>();
        for (TestAssertion assertion : result.getTestAssertions()) {
            if (assertion.getStatus() == TestAssertion.Status.FAILED) {
                String rule = assertion.getRuleId().getClause() + "-" + assertion.getRuleId().getTestNumber();
                String message = assertion.getMessage().replaceAll("\\s+", " ");
                broken.putIfAbsent(rule, message + " @ " + assertion.getLocation().getContext());
            }
        }
        return broken;
    }
}
