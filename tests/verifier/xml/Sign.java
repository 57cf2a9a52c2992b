import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.List;
import javax.xml.crypto.XMLStructure;
import javax.xml.crypto.dom.DOMStructure;
import javax.xml.crypto.dsig.CanonicalizationMethod;
import javax.xml.crypto.dsig.DigestMethod;
import javax.xml.crypto.dsig.Reference;
import javax.xml.crypto.dsig.Transform;
import javax.xml.crypto.dsig.XMLSignatureFactory;
import javax.xml.crypto.dsig.dom.DOMSignContext;
import javax.xml.crypto.dsig.keyinfo.KeyInfo;
import javax.xml.crypto.dsig.keyinfo.KeyInfoFactory;
import javax.xml.crypto.dsig.spec.C14NMethodParameterSpec;
import javax.xml.crypto.dsig.spec.ExcC14NParameterSpec;
import javax.xml.crypto.dsig.spec.TransformParameterSpec;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.transform.OutputKeys;
import javax.xml.transform.TransformerFactory;
import javax.xml.transform.dom.DOMSource;
import javax.xml.transform.stream.StreamResult;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

/**
 * Signs one document in many ways with the JDK's own XML signature. Arguments: a folder with rsa.key, ec.key (PKCS #8, DER), rsa.crt, ec.crt, ca.crt (DER); the
 * files come into it, and their names to standard output.
 */
public class Sign {
  static final XMLSignatureFactory FACTORY = XMLSignatureFactory.getInstance("DOM");
  static final String MORE = "http://www.w3.org/2001/04/xmldsig-more#";
  static Path folder;

  public static void main(String[] arguments) throws Exception {
    folder = Path.of(arguments[0]);
    String[] methods = {
      CanonicalizationMethod.INCLUSIVE, CanonicalizationMethod.INCLUSIVE_WITH_COMMENTS, "http://www.w3.org/2006/12/xml-c14n11",
      "http://www.w3.org/2006/12/xml-c14n11#WithComments", CanonicalizationMethod.EXCLUSIVE, CanonicalizationMethod.EXCLUSIVE_WITH_COMMENTS,
    };
    for (int at = 0; at < methods.length; at++)
      for (String way : List.of("enveloped", "enveloping", "root", "base64"))
        sign("jdk-" + way + "-" + at, way, "rsa", MORE + "rsa-sha256", DigestMethod.SHA256, methods[at], "x509");
    for (String size : List.of("256", "384", "512")) {
      String digest = size.equals("384") ? MORE + "sha384" : "http://www.w3.org/2001/04/xmlenc#sha" + size;
      sign("jdk-rsa-" + size, "enveloped", "rsa", MORE + "rsa-sha" + size, digest, methods[0], "x509");
      sign("jdk-pss-" + size, "enveloped", "rsa", "http://www.w3.org/2007/05/xmldsig-more#sha" + size + "-rsa-MGF1", digest, methods[0], "x509");
    }
    sign("jdk-ec", "enveloped", "ec", MORE + "ecdsa-sha256", DigestMethod.SHA256, methods[4], "value");
    for (String keyInfo : List.of("value", "chain", "issuer", "prefixes"))
      sign("jdk-" + keyInfo, "enveloped", "rsa", MORE + "rsa-sha256", DigestMethod.SHA256, methods[4], keyInfo);
  }

  static void sign(String name, String way, String type, String algorithm, String digest, String method, String keyInfo) throws Exception {
    var parsers = DocumentBuilderFactory.newInstance();
    parsers.setNamespaceAware(true);
    Document document = parsers.newDocumentBuilder().parse(folder.resolve("source.xml").toFile());
    Element root = document.getDocumentElement();
    root.setIdAttribute("Id", true);
    var objects = new ArrayList<javax.xml.crypto.dsig.XMLObject>();
    DOMSignContext context;
    PrivateKey key = KeyFactory.getInstance(type.equals("rsa") ? "RSA" : "EC")
      .generatePrivate(new PKCS8EncodedKeySpec(Files.readAllBytes(folder.resolve(type + ".key"))));
    String uri = way.equals("root") ? "#root" : way.startsWith("env") && way.endsWith("ed") ? "" : "#object";
    var transforms = new ArrayList<Transform>();
    boolean prefixes = keyInfo.equals("prefixes");
    var c14n = prefixes ? new ExcC14NParameterSpec(List.of("p", "#default")) : null;
    if (!uri.equals("#object")) {
      transforms.add(FACTORY.newTransform(Transform.ENVELOPED, (TransformParameterSpec) null));
      context = new DOMSignContext(key, root);
    } else {
      document.setXmlStandalone(true);
      XMLStructure held = way.equals("base64") ? new DOMStructure(document.createTextNode("aGVsbG8=")) : new DOMStructure(root.cloneNode(true));
      objects.add(FACTORY.newXMLObject(List.of(held), "object", null, null));
      document = parsers.newDocumentBuilder().newDocument();
      context = new DOMSignContext(key, document);
    }
    transforms.add(way.equals("base64")
      ? FACTORY.newTransform(Transform.BASE64, (TransformParameterSpec) null)
      : FACTORY.newTransform(method, (TransformParameterSpec) c14n));
    Reference reference = FACTORY.newReference(uri, FACTORY.newDigestMethod(digest, null), transforms, null, null);
    var signedInfo = FACTORY.newSignedInfo(FACTORY.newCanonicalizationMethod(method, (C14NMethodParameterSpec) c14n),
      FACTORY.newSignatureMethod(algorithm, null), List.of(reference));
    context.setDefaultNamespacePrefix(prefixes ? "dsig" : "");
    FACTORY.newXMLSignature(signedInfo, keyInfo(type, keyInfo), objects, "signature", null).sign(context);
    var transformer = TransformerFactory.newInstance().newTransformer();
    transformer.setOutputProperty(OutputKeys.ENCODING, "UTF-8");
    try (var out = Files.newOutputStream(folder.resolve(name + ".xml"))) {
      transformer.transform(new DOMSource(document), new StreamResult(out));
    }
    System.out.println(name + ".xml");
  }

  static KeyInfo keyInfo(String type, String kind) throws Exception {
    KeyInfoFactory factory = FACTORY.getKeyInfoFactory();
    X509Certificate certificate = certificate(type + ".crt");
    var contents = new ArrayList<Object>();
    if (kind.equals("issuer")) contents.add(factory.newX509IssuerSerial(certificate.getIssuerX500Principal().getName(), certificate.getSerialNumber()));
    contents.add(certificate);
    if (kind.equals("chain")) contents.add(certificate("ca.crt"));
    var structures = new ArrayList<XMLStructure>();
    if (kind.equals("value")) structures.add(factory.newKeyValue(certificate.getPublicKey()));
    structures.add(factory.newX509Data(contents));
    return factory.newKeyInfo(structures);
  }

  static X509Certificate certificate(String name) throws Exception {
    try (var in = Files.newInputStream(folder.resolve(name))) {
      return (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(in);
    }
  }
}
