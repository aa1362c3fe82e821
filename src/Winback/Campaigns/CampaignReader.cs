using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Winback.Campaigns;

/// <summary>A campaign folder that can't be used; the message names file and place and says what to do.</summary>
public sealed class CampaignException(string message) : Exception(message);

/// <summary>Reads one campaign.json and checks it. Collects every problem, so that an owner mends them in one go.</summary>
public sealed partial class CampaignReader(string file)
{
    /// <summary>The pattern of a campaign's or step's id.</summary>
    public const string Id = "^[a-z0-9]([a-z0-9-]{0,48}[a-z0-9])?$";

    private readonly List<string> _problems = [];

    /// <exception cref="CampaignException">Names the file, each place and its remedy.</exception>
    public Campaign Read(string id, string version, string json, string? website)
    {
        if (!IdPattern().IsMatch(id)) Problem("", $"the folder name \"{id}\" is the campaign's id: use 1 to 50 of a-z, 0-9 and -");
        var written = Deserialize(json);
        var audience = Audience(written);
        var campaign = new Campaign(
            id, version, written.Enabled ?? true, written.Priority ?? 0, audience, Steps(written, audience), Window(written.Window),
            Offer(written.Offer), Url(written.ReturnUrl ?? (string.IsNullOrEmpty(website) ? null : website)),
            InRange("attributionDays", written.AttributionDays ?? Campaign.DefaultAttributionDays, 1, 365),
            WhenUncertain(written.WhenUncertain, audience))
        {
            News = written.News is null ? null : Text("news", written.News, "what is new?"),
        };
        var lastStep = audience is InactiveAudience ? campaign.Steps.Sum(s => s.Days) : 0;
        if (campaign.Offer is { } offer && offer.ValidDays <= lastStep)
            Problem("offer.validDays", $"{offer.ValidDays} is over before the last step, which comes after {lastStep} days or later; make it longer");
        return _problems.Count == 0 ? campaign : throw new CampaignException(string.Join(Environment.NewLine, _problems));
    }

    /// <summary>Whether a text can be a campaign's id.</summary>
    public static bool IsId(string text) => IdPattern().IsMatch(text);

    private CampaignJson Deserialize(string json)
    {
        try
        {
            return JsonSerializer.Deserialize(json, CampaignJsonContext.Default.CampaignJson)
                ?? throw new CampaignException($"{file}: is \"null\"; write a campaign, see the ones that ship as examples.");
        }
        catch (JsonException e)
        {
            var place = e.LineNumber is { } line ? $"({line + 1},{e.BytePositionInLine + 1})" : "";
            throw new CampaignException($"{file}{place}: {Words(e)} Compare with a campaign that ships.");
        }
    }

    /// <summary>The two mistakes that the library tells in names of types.</summary>
    private static string Words(JsonException e) =>
        UnknownName().Match(e.Message) is { Success: true } unknown ? $"{unknown.Value} is not known here; look at its spelling, or remove it."
        : e.Message.Contains("could not be converted", StringComparison.Ordinal) ? $"{(e.Path is { Length: > 2 } path ? path[2..] : "the file")} has a value of the wrong kind."
        : e.Message.Split(" Path:")[0];

    private Audience Audience(CampaignJson c)
    {
        var a = c.Audience ?? new AudienceJson(null, null, null, null);
        switch (c.Kind)
        {
            case "inactive":
                if (a.Months is null) Problem("audience.months", "is missing: after how many months without a visit is a customer lapsed? For instance 6");
                if (a.IncludeAutoRenewing is not null) Problem("audience.includeAutoRenewing", "belongs to a renewal campaign; remove it");
                var months = InRange("audience.months", a.Months ?? 6, 1, 120);
                return new InactiveAudience(months, InRange("audience.maxMonths", a.MaxMonths ?? 36, months, 600), a.IncludeSubscribers ?? false);
            case "renewal":
                if ((a.Months ?? a.MaxMonths) is not null || a.IncludeSubscribers is not null)
                    Problem("audience", "months, maxMonths and includeSubscribers belong to an inactive campaign; remove them");
                return new RenewalAudience(a.IncludeAutoRenewing ?? false);
            default:
                Problem("kind", $"is {(c.Kind is null ? "missing" : $"\"{c.Kind}\"")}: write \"inactive\" or \"renewal\"");
                return new RenewalAudience(false);
        }
    }

    private ImmutableArray<Step> Steps(CampaignJson c, Audience audience)
    {
        var written = c.Steps ?? [];
        if (written.Count == 0) Problem("steps", "is missing or empty: a campaign needs at least one step");
        var steps = ImmutableArray.CreateBuilder<Step>();
        for (var i = 0; i < written.Count; i++)
        {
            var (id, afterDays, daysBefore, channel) = written[i] ?? new StepJson(null, null, null, null);
            if (id is null || !IdPattern().IsMatch(id)) Problem($"steps[{i}].id", "is missing or odd: use 1 to 50 of a-z, 0-9 and -");
            else if (steps.Any(s => s.Id == id)) Problem($"steps[{i}].id", $"\"{id}\" is used twice");
            steps.Add(new Step(id ?? "", audience is RenewalAudience
                ? DaysBefore(i, afterDays, daysBefore, i == 0 ? null : steps[i - 1].Days)
                : AfterDays(i, afterDays, daysBefore), ChannelOf(i, channel)));
        }
        return steps.ToImmutable();
    }

    private Channel ChannelOf(int i, string? channel) => channel switch
    {
        null or "mail" => Channel.Mail,
        "phone" => Channel.Phone,
        _ => Failed($"steps[{i}].channel", $"is \"{channel}\": write \"mail\" or \"phone\"", Channel.Mail),
    };

    private int DaysBefore(int i, int? afterDays, int? daysBefore, int? previous)
    {
        if (afterDays is not null) Problem($"steps[{i}].afterDays", "belongs to an inactive campaign; a renewal step has daysBefore");
        if (daysBefore is null) Problem($"steps[{i}].daysBefore", "is missing: how many days before the renewal date? For instance 30");
        var days = InRange($"steps[{i}].daysBefore", daysBefore ?? 1, 1, 365);
        if (previous is { } p && days >= p) Problem($"steps[{i}].daysBefore", $"{days} is not less than the {p} of the step before; order them 30, 7, 1");
        return days;
    }

    private int AfterDays(int i, int? afterDays, int? daysBefore)
    {
        if (daysBefore is not null) Problem($"steps[{i}].daysBefore", "belongs to a renewal campaign; a follow-up has afterDays");
        if (i > 0) return InRange($"steps[{i}].afterDays", afterDays ?? 10, 5, 365);
        if (afterDays is not (null or 0)) Problem("steps[0].afterDays", "the first step goes at once; remove it");
        return 0;
    }

    private SendWindow Window(WindowJson? w) => w is null
        ? SendWindow.Always
        : new SendWindow(WindowDays(w.Days), Time("window.from", w.From, TimeOnly.MinValue),
            Time("window.to", w.To, TimeOnly.MaxValue)) is var window && window.From < window.To
            ? window
            : Failed("window", "\"from\" must be before \"to\"", SendWindow.Always);

    private ImmutableArray<DayOfWeek> WindowDays(List<string>? names)
    {
        if (names is null) return SendWindow.Always.Days;
        if (names.Count == 0) Problem("window.days", "is empty, so nothing would ever be sent; name a day, or remove it");
        return Days("window.days", names);
    }

    private Offer? Offer(OfferJson? o)
    {
        if (o is null) return null;
        return new Offer(Text("offer.text", o.Text ?? [], "what does the customer get?"), Days("offer.evenings", o.Evenings ?? []), InRange("offer.validDays", o.ValidDays ?? 30, 1, 365));
    }

    private ImmutableDictionary<string, string> Text(string place, Dictionary<string, string> text, string question)
    {
        foreach (var language in Languages.All)
            if (string.IsNullOrWhiteSpace(text.GetValueOrDefault(language))) Problem($"{place}.{language}", $"is missing: {question}");
        foreach (var other in text.Keys.Except(Languages.All)) Problem($"{place}.{other}", "only nl and en are known; remove it");
        return text.ToImmutableDictionary();
    }

    private bool WhenUncertain(string? text, Audience audience) => text switch
    {
        null or "leave" => false,
        "send-again-once" when audience is RenewalAudience => true,
        "send-again-once" => Failed("whenUncertain", "only a renewal campaign may send again; write \"leave\"", false),
        _ => Failed("whenUncertain", $"is \"{text}\": write \"leave\" or \"send-again-once\"", false),
    };

    private string? Url(string? text) =>
        text is null || (Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.Scheme is "https" or "http")
            ? text
            : Failed<string?>("returnUrl", "is not a web address; write it whole, with https://", null);

    private ImmutableArray<DayOfWeek> Days(string place, List<string> names)
    {
        var days = ImmutableArray.CreateBuilder<DayOfWeek>();
        foreach (var name in names)
        {
            if (Enum.GetNames<DayOfWeek>().Contains(name, StringComparer.OrdinalIgnoreCase) && Enum.TryParse<DayOfWeek>(name, true, out var day)) days.Add(day);
            else Problem(place, $"\"{name}\" is not a day: write monday, tuesday, ... sunday");
        }
        return days.ToImmutable();
    }

    private TimeOnly Time(string place, string? text, TimeOnly standard) =>
        text is null ? standard
        : TimeOnly.TryParseExact(text, "HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out var time) ? time
        : Failed(place, $"\"{text}\" is not a time: write for instance 09:00", standard);

    private int InRange(string place, int value, int min, int max) =>
        value >= min && value <= max ? value : Failed(place, $"{value} is out of range: {min} to {max}", value);

    private T Failed<T>(string place, string what, T standIn)
    {
        Problem(place, what);
        return standIn;
    }

    private void Problem(string place, string what) => _problems.Add(place.Length == 0 ? $"{file}: {what}." : $"{file}: {place} {what}.");

    [GeneratedRegex("(?<=^The JSON property )'.*'(?= could not be mapped)")]
    private static partial Regex UnknownName();

    [GeneratedRegex(Id)]
    private static partial Regex IdPattern();
}
