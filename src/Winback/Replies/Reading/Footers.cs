using System.Text.RegularExpressions;

namespace Winback.Replies.Reading;

/// <summary>Lines that no person wrote: of telephones, mail programs, virus scanners and lawyers.</summary>
internal static partial class Footers
{
    /// <summary>Longer lines are somebody's words.</summary>
    private const int MaxLine = 220;

    public static bool IsSignatureMark(string line) => line.TrimEnd() is "--" or "—";

    public static bool IsProgramLine(string line) => line.Length is > 0 and <= MaxLine && ProgramLine().IsMatch(line.Trim(' ', '*', '_'));

    /// <summary>Whether a paragraph is a notice such as "This e-mail is confidential".</summary>
    public static bool IsDisclaimer(string paragraph) => Disclaimer().IsMatch(paragraph);

    /// <summary>Without what a telephone put behind the last words, on the same line.</summary>
    public static string WithoutTail(string line) => Tail().Replace(line, "").TrimEnd();

    private const RegexOptions Options = RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.NonBacktracking;

    private const string Machine =
        @"(i-?phone|i-?pad|i-?pod|apple|android|samsung|galaxy|huawei|xiaomi|oneplus|pixel|nokia|motorola|fairphone|blackberry|windows|outlook|e-?mail\b|mail\b|mailapp|gmail|yahoo|proton|tutanota|"
        + @"hotmail|ziggo|kpn|xs4all|telenet|proximus|skynet|telefoon|telefon|phone|mobiel|mobiele|mobile|smartphone|gsm|tablet|device|toestel|apparaat|téléphone|handy|spark|thunderbird|bluemail|aqua mail|edison)";

    [GeneratedRegex(
        @"^((verzonden|verstuurd|gestuurd|verzonden\.)|sent|get|envoyé|gesendet|obtenez|téléchargez?|télécharger|download|downloaden|haal|probeer) (vanaf|vanuit|via|met|met behulp van|van|door|from|by|with|using|de|depuis|à partir de|avec|von|mit|outlook)\b.{0,60}\b?"
        + Machine + ".*$"
        + @"|^(get|download|télécharger|obtenir|haal|ontdek) outlook.*$|^outlook (voor|pour|for) .{1,20}(downloaden|herunterladen)?.*$|^von meinem .{1,40} gesendet\.?$|^yahoo mail: .*$"
        + @"|^(virusvrij|virus-free|garanti sans virus|virenfrei)\.?.*$|^.{0,60}\b(gecontroleerd op virussen|checked for viruses|scanned for viruses|analyse antivirus).*$"
        + @"|^.{0,12}(this email has been scanned|deze e-?mail is gescand).*$|^pardon my thumbs.*$|^(sent|verstuurd|verzonden) (on the go|onderweg).*$",
        Options)]
    private static partial Regex ProgramLine();

    [GeneratedRegex(
        @"[ \t]+(verzonden|verstuurd) (vanaf|vanuit|met|via) (mijn|outlook|een)( (iphone|ipad|samsung|android|galaxy|huawei|outlook|telefoon|mobiel)[\w-]*| voor (ios|android))[^.!?]{0,40}[.]?$"
        + @"|[ \t]+sent from (my|outlook) (iphone|ipad|galaxy|samsung|android|phone|for ios|for android)[^.!?]{0,40}[.]?$",
        Options)]
    private static partial Regex Tail();

    [GeneratedRegex(
        @"^\W*disclaimer\b|\b(bericht|e-?mail\w*|message|information|informatie|inhoud|contents|attachments?|bijlagen?)\b.{0,80}\b(vertrouwelijk|confidential|privileged)\b|\b(uitsluitend|alleen|slechts) (bestemd|bedoeld) voor\b|vertrouwelijke informatie|\bin error\b.{0,80}\b(delete|notify|destroy)"
        + @"|\bintended (solely |only |exclusively )?for the\b|\b(denk|think) .{0,20}(milieu|environment)\b|consider the environment|\bmilieu\b.{0,40}\b(afdrukt|print)|\bregistered in (england|scotland|wales|ireland)|\bregistered (office|number)\b"
        + @"|niet de (geadresseerde|beoogde ontvanger)|not the (intended|named|addressee)|aan dit bericht kunnen geen rechten|geen rechten worden ontleend|\bce message\b.{0,80}\bconfidentiel|\b(kvk|k\.v\.k\.|company)[ -]?(nr|no|nummer|number|registration)\b.{0,40}\d"
        + @"|ten onrechte (hebt |heeft )?ontvangen|per abuis|niet aansprakelijk voor|no liability|accepts no responsibility|our privacy (policy|notice|statement)|(privacyverklaring|algemene voorwaarden) (is|zijn|vindt|van toepassing)|do not print this",
        Options)]
    private static partial Regex Disclaimer();
}
