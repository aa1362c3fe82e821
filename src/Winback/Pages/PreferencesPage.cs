using Winback.Campaigns;
using Winback.Campaigns.Rendering;
using Winback.Replies.Reading;

namespace Winback.Pages;

/// <summary>How often may we write, in which language, or not at all?</summary>
internal static class PreferencesPage
{
    private const string Often = "often";
    private const string Language = "language";

    public static Page Ask(Visit visit) => visit.Asking(Title(visit), Body(visit, Labels.Of(Current(visit)), visit.Language, null));

    /// <summary>What was chosen; null, with the page that says what is wrong, when it is not clear.</summary>
    public static (Preference? Chosen, Page? Wrong) Read(Visit visit, IFormCollection form, DateOnly askedOn)
    {
        var (often, language) = (form.Line(Often), form.Line(Language));
        if (!Languages.All.Contains(language)) language = visit.Language;
        // Who opted out sees no such question; that is not taken back here.
        if (visit.Customer!.Customer.OptedOutAt is not null) return (new Preference(Frequency.Keep, language, askedOn), null);
        return Labels.TryParse<Frequency>(often, out var frequency)
            ? (new Preference(frequency, language, askedOn), null)
            : (null, visit.Wrong(Title(visit), Body(visit, null, language, visit.Say("Kies hoe vaak we je mogen schrijven.", "Choose how often we may write to you."))));
    }

    public static Page Done(Visit visit, Preference chosen)
    {
        var answer = visit with { Language = chosen.Language };
        var often = chosen.Frequency switch
        {
            Frequency.Usual => answer.Say("We schrijven je zoals je gewend bent.", "We will write to you as you are used to."),
            Frequency.Less => answer.Say("Je krijgt hooguit eens in de drie maanden een uitnodiging van ons.", "You will get an invitation from us at most once in three months."),
            Frequency.Pause => answer.Say($"Tot {Day(answer, chosen.PausedUntil)} krijg je geen uitnodigingen van ons.", $"Until {Day(answer, chosen.PausedUntil)} you will get no invitations from us."),
            Frequency.Stop => answer.Say("Je krijgt van ons geen uitnodigingen en aanbiedingen meer. Je blijft natuurlijk altijd welkom.", "You will get no more invitations and offers from us. You are always welcome, of course."),
            _ => "",
        };
        var body = Html.Of($"<p>{often} {answer.Say("We schrijven je in het Nederlands.", "We will write to you in English.")}</p>");
        return answer.Done(answer.Say("Zo doen we het", "That’s how we’ll do it"), body);
    }

    private static string Title(Visit visit) => visit.Say("Hoe mogen we je schrijven?", "How may we write to you?");

    private static Html Body(Visit visit, string? often, string language, string? problem) => FormFields.Form(
        visit.Customer?.Customer.OptedOutAt is null
            ? FormFields.OneOf(Often, visit.Say("Hoe vaak wil je uitnodigingen van ons?", "How often would you like invitations from us?"), Frequencies(visit), often, problem)
            : Html.Of($"<p>{visit.Say("Je krijgt van ons geen uitnodigingen en aanbiedingen meer. Bedenk je je? Antwoord dan gerust op onze mail.", "You get no more invitations and offers from us. Have you changed your mind? Just answer our mail.")}</p>"),
        FormFields.OneOf(
            Language, visit.Say("In welke taal?", "In which language?"), [new("nl", "Nederlands", Lang: "nl"), new("en", "English", Lang: "en")], language),
        PageEndpoints.Asked(visit),
        FormFields.Button(visit.Say("Bewaar", "Save")));

    private static IEnumerable<Choice> Frequencies(Visit visit)
    {
        if (PausedUntil(visit) is { } until)
            yield return new(Labels.Of(Frequency.Keep), visit.Say($"Nog niet, tot {Day(visit, until)}", $"Not yet, until {Day(visit, until)}"), visit.Say("Zo is het nu.", "As it is now."));
        yield return new(Labels.Of(Frequency.Usual), visit.Say("Zoals anders", "As usual"));
        yield return new(Labels.Of(Frequency.Less), visit.Say("Minder vaak", "Less often"), visit.Say("Hooguit eens in de drie maanden.", "At most once in three months."));
        yield return new(Labels.Of(Frequency.Pause), visit.Say("Drie maanden niet", "Not for three months"));
        yield return new(Labels.Of(Frequency.Stop), visit.Say("Helemaal niet meer", "Not at all any more"));
    }

    private static Frequency Current(Visit visit) =>
        PausedUntil(visit) is not null ? Frequency.Keep : visit.Customer?.Customer.MarketingEveryDays > 0 ? Frequency.Less : Frequency.Usual;

    private static DateOnly? PausedUntil(Visit visit) => visit.Customer?.Customer.PausedUntil is { } until && until > visit.Now.Today ? until : null;

    private static string Day(Visit visit, DateOnly day) => (visit.Language == "en" ? MailLanguage.English : MailLanguage.Dutch).ShortDate(day);
}
