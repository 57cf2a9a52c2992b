import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import javax.xml.crypto.KeySelector;
import javax.xml.crypto.URIDereferencer;
import javax.xml.crypto.dsig.XMLSignature;
import javax.xml.crypto.dsig.XMLSignatureFactory;
import javax.xml.crypto.dsig.dom.DOMValidateContext;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.Attr;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NamedNodeMap;
import org.w3c.dom.NodeList;

/**
 * Verifies every Signature of the XML files that standard input names, one a line, with the JDK's own XML signature. Answers a line for each: OK or
 * what is wrong. Argument: the certificate of the authority, PEM.
 */
public class Verify {
  public static void main(String[] arguments) throws Exception {
    var authority = certificate(Files.readAllBytes(Path.of(arguments[0])));
    var out = new PrintStream(System.out, true, "UTF-8");
    var lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      String verdict;
      try {
        verdict = verify(Path.of(line), authority);
      } catch (Exception e) {
        verdict = e.toString();
      }
      out.println(verdict.replaceAll("\\s+", " "));
    }
  }

  static X509Certificate certificate(byte[] bytes) throws Exception {
    return (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(new java.io.ByteArrayInputStream(bytes));
  }

  static String verify(Path file, X509Certificate authority) throws Exception {
    var parsers = DocumentBuilderFactory.newInstance();
    parsers.setNamespaceAware(true);
    var parser = parsers.newDocumentBuilder();
    parser.setErrorHandler(null);
    Document document = parser.parse(file.toFile());
    markIds(document);
    NodeList signatures = document.getElementsByTagNameNS(XMLSignature.XMLNS, "Signature");
    if (signatures.getLength() == 0) return "no signature";
    var factory = XMLSignatureFactory.getInstance("DOM");
    URIDereferencer plain = factory.getURIDereferencer();
    for (int at = 0; at < signatures.getLength(); at++) {
      var element = (Element) signatures.item(at);
      var text = ((Element) element.getElementsByTagNameNS(XMLSignature.XMLNS, "X509Certificate").item(0)).getTextContent();
      var signer = certificate(java.util.Base64.getDecoder().decode(text.replaceAll("\\s", "")));
      signer.verify(authority.getPublicKey());
      var context = new DOMValidateContext(KeySelector.singletonKeySelector(signer.getPublicKey()), element);
      context.setProperty("org.jcp.xml.dsig.secureValidation", Boolean.FALSE);
      context.setBaseURI(file.toUri().toString());
      // e-Gov writes the fragment percent-encoded; the JDK itself looks for it as it is written
      context.setURIDereferencer((reference, using) -> plain.dereference(decoded(reference), using));
      XMLSignature signature = factory.unmarshalXMLSignature(context);
      if (!signature.validate(context)) {
        var bad = new StringBuilder("signature value " + signature.getSignatureValue().validate(context));
        for (Object one : signature.getSignedInfo().getReferences()) {
          var reference = (javax.xml.crypto.dsig.Reference) one;
          bad.append(", ").append(reference.getURI()).append(" ").append(reference.validate(context));
        }
        return bad.toString();
      }
    }
    return "OK";
  }

  static javax.xml.crypto.URIReference decoded(javax.xml.crypto.URIReference reference) {
    String uri = reference.getURI();
    if (uri == null || !uri.startsWith("#") || uri.indexOf('%') < 0) return reference;
    String bare = URLDecoder.decode(uri, StandardCharsets.UTF_8);
    var here = ((javax.xml.crypto.dom.DOMURIReference) reference).getHere();
    return new javax.xml.crypto.dom.DOMURIReference() {
      public String getURI() { return bare; }
      public String getType() { return reference.getType(); }
      public org.w3c.dom.Node getHere() { return here; }
    };
  }

  static void markIds(Document document) {
    NodeList all = document.getElementsByTagName("*");
    for (int at = 0; at < all.getLength(); at++) {
      var element = (Element) all.item(at);
      NamedNodeMap attributes = element.getAttributes();
      for (int index = 0; index < attributes.getLength(); index++) {
        var attribute = (Attr) attributes.item(index);
        String name = attribute.getName();
        if (name.equals("Id") || name.equals("ID") || name.equals("id") || name.equals("xml:id"))
          element.setIdAttributeNode(attribute, true);
      }
    }
  }
}
