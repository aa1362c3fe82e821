using System.Collections.Frozen;
using System.Globalization;
using Winback.Campaigns.Rendering;
using Winback.Customers;
using Winback.Replies;
using Winback.Replies.Reading;

namespace Winback.Calls;

/// <summary>The words of the call sheet in one language: what to say, made of what is known, and the labels of the page.</summary>
internal sealed class CallWords
{
    private const int QuotedLength = 500;

    private readonly MailLanguage _language;
    private readonly string _currency;

    private CallWords(MailLanguage language, string currency) => (_language, _currency) = (language, currency);

    private bool IsDutch => _language == MailLanguage.Dutch;

    /// <param name="language">nl or en.</param>
    /// <param name="currency">ISO 4217.</param>
    public static CallWords Of(string language, string currency) => new(language == "en" ? MailLanguage.English : MailLanguage.Dutch, currency);

    /// <summary>The one text or the other.</summary>
    public string Text(string dutch, string english) => IsDutch ? dutch : english;

    public string Day(DateOnly day) => _language.ShortDate(day);

    public string Money(decimal amount) => amount < 0 ? $"−{_language.Money(-amount, _currency)}" : _language.Money(amount, _currency);

    public string Times(int count) => count == 1 ? Text("1 keer", "once") : string.Create(CultureInfo.InvariantCulture, $"{count} {Text("keer", "times")}");

    public string Why(CallEntry entry) => entry.Why switch
    {
        CallReason.CallMe => Text("Wil gebeld worden", "Wants to be called"),
        CallReason.Step => Text($"Stap {entry.Step} van {entry.Campaign}", $"Step {entry.Step} of {entry.Campaign}"),
        _ => Text("Veel waard, en geen antwoord", "Worth a lot, and no answer"),
    };

    public string Reason(GivenReason given) =>
        given.SubReason == SubReason.None ? Reasons[given.Reason].In(IsDutch) : $"{Reasons[given.Reason].In(IsDutch)} ({SubReasons[given.SubReason].In(IsDutch)})";

    /// <summary>A few sentences: what happened, how to begin, what to ask.</summary>
    public IReadOnlyList<string> Say(Customer customer, CallDue due, IReadOnlyList<Bought> purchases, Moment now) =>
        due.Request is { } request ? SayTo(request, now) : SayToSilent(customer, purchases, now);

    private string[] SayTo(Reply request, Moment now)
    {
        var (day, text) = (Day(now.DayOf(request.ReceivedAt)), Quoted(request.Text));
        return
        [
            text.Length == 0 ? Text($"Vroeg op {day} om een telefoontje.", $"Asked for a call on {day}.") : Text($"Schreef op {day}: “{text}”", $"Wrote on {day}: “{text}”"),
            request.FollowUp.OpensCase
                ? Text("Is niet tevreden: bied je excuses aan, luister en los het op. Praat nog niet over terugkomen.", "Is not satisfied: apologise, listen and put it right. Say nothing of coming back yet.")
                : Text("Zeg dat je belt omdat ze daarom vroegen, vraag wat je kunt doen en spreek het meteen af.", "Say that you call because they asked, ask what you can do, and agree on it at once."),
        ];
    }

    private string[] SayToSilent(Customer customer, IReadOnlyList<Bought> purchases, Moment now)
    {
        var mailed = Day(now.DayOf(customer.Marketing!.At));
        var last = customer.LastVisit is { } visit ? Day(visit) : "?";
        var product = purchases.FirstOrDefault(p => p.Product is { Length: > 0 } && p.Amount >= 0)?.Product;
        return
        [
            Text(
                $"Kwam {Times(customer.Visits)}, voor het laatst op {last}{(product is null ? "" : $" ({product})")}, en antwoordde niet op onze mails, de laatste van {mailed}.",
                $"Came {Times(customer.Visits)}, last on {last}{(product is null ? "" : $" ({product})")}, and did not answer our mails, the last of {mailed}."),
            Text(
                "Bedank voor het vertrouwen en vraag oprecht waarom het stil werd: vergeten, niet tevreden, of is er iets veranderd?",
                "Thank them for their trust and ask sincerely why it became silent: forgot, not satisfied, or did something change?"),
            Text("Luister, los op wat je kunt oplossen, en nodig pas daarna weer uit.", "Listen, put right what you can, and only then invite them back."),
        ];
    }

    private static string Quoted(string text)
    {
        var line = string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        return line.Length <= QuotedLength ? line : Reply.Cut(line, QuotedLength) + "…";
    }

    private readonly record struct Both(string Dutch, string English)
    {
        public string In(bool isDutch) => isDutch ? Dutch : English;
    }

    private static readonly FrozenDictionary<Reason, Both> Reasons = new Dictionary<Reason, Both>
    {
        [Replies.Reading.Reason.None] = new("geen reden", "no reason"),
        [Replies.Reading.Reason.Forgot] = new("vergeten", "forgot"),
        [Replies.Reading.Reason.Dissatisfied] = new("niet tevreden", "not satisfied"),
        [Replies.Reading.Reason.SituationChanged] = new("situatie veranderd", "situation changed"),
    }.ToFrozenDictionary();

    private static readonly FrozenDictionary<SubReason, Both> SubReasons = new Dictionary<SubReason, Both>
    {
        [SubReason.None] = new("", ""),
        [SubReason.OutOfSight] = new("uit het oog", "out of sight"),
        [SubReason.Threshold] = new("drempel om terug te komen", "hesitated to come back"),
        [SubReason.NoTime] = new("geen tijd", "no time"),
        [SubReason.Price] = new("prijs", "price"),
        [SubReason.Competitor] = new("gaat naar een ander", "goes elsewhere"),
        [SubReason.Service] = new("bediening", "service"),
        [SubReason.Quality] = new("kwaliteit", "quality"),
        [SubReason.Delivery] = new("levering", "delivery"),
        [SubReason.Billing] = new("rekening", "billing"),
        [SubReason.Moved] = new("verhuisd", "moved"),
        [SubReason.Family] = new("gezin", "family"),
        [SubReason.Job] = new("werk", "job"),
        [SubReason.Health] = new("gezondheid", "health"),
        [SubReason.Deceased] = new("overleden", "deceased"),
        [SubReason.BusinessClosed] = new("bedrijf gestopt", "business closed"),
        [SubReason.TakenOver] = new("bedrijf overgenomen", "business taken over"),
        [SubReason.NoLongerNeeded] = new("niet meer nodig", "no longer needed"),
    }.ToFrozenDictionary();
}
