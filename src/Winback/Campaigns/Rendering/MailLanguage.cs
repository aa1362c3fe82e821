using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Winback.Campaigns.Rendering;

/// <summary>
/// A language mails are written in: its dates, its enumerations and the words of the footer. The names are kept here and not taken from
/// <see cref="CultureInfo"/>, so that a mail reads the same on a machine without culture data.
/// </summary>
public sealed class MailLanguage
{
    /// <summary>A space at which no line is broken: inside an amount or a telephone number.</summary>
    internal const string Unbroken = "\u00A0";

    private readonly string _and;
    private readonly string[] _days;
    private readonly string[] _months;
    private readonly NumberFormatInfo _numbers;
    private readonly string _afterSymbol;
    private readonly FooterWords _marketing;
    private readonly FooterWords _service;
    private readonly FooterWords _friend;

    private MailLanguage(
        string code, string and, string[] days, string[] months, NumberFormatInfo numbers, string afterSymbol, FooterWords marketing, FooterWords service,
        FooterWords friend) =>
        (Code, _and, _days, _months, _numbers, _afterSymbol, _marketing, _service, _friend) = (code, and, days, months, numbers, afterSymbol, marketing, service, friend);

    public static MailLanguage Dutch { get; } = new(
        code: "nl",
        and: "en",
        days: ["zondag", "maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag"],
        months: ["januari", "februari", "maart", "april", "mei", "juni", "juli", "augustus", "september", "oktober", "november", "december"],
        numbers: new() { NumberGroupSeparator = ".", NumberDecimalSeparator = "," },
        afterSymbol: Unbroken,
        marketing: new(
            Why: "Je krijgt deze mail omdat je klant bij ons bent of bent geweest.",
            Question: "Liever geen uitnodigingen meer?",
            Unsubscribe: "Schrijf je uit",
            Preferences: "Kies zelf hoe vaak we schrijven"),
        service: new(
            Why: "Je krijgt deze mail omdat je een abonnement bij ons hebt.",
            Question: "Liever geen herinneringen meer? Je abonnement verandert daar niet door.",
            Unsubscribe: "Zet de herinneringen uit",
            Preferences: "Bekijk je voorkeuren"),
        friend: new(
            Why: "Je krijgt deze mail omdat iemand dit adres bij ons heeft ingevuld.",
            Question: "Wil je nooit iets van ons krijgen?",
            Unsubscribe: "Laat het ons weten",
            Preferences: null));

    public static MailLanguage English { get; } = new(
        code: "en",
        and: "and",
        days: ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"],
        months: ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"],
        numbers: new() { NumberGroupSeparator = ",", NumberDecimalSeparator = "." },
        afterSymbol: "",
        marketing: new(
            Why: "You are receiving this email because you are, or have been, a customer of ours.",
            Question: "Would you prefer no more invitations?",
            Unsubscribe: "Unsubscribe",
            Preferences: "Choose how often we write"),
        service: new(
            Why: "You are receiving this email because you have a subscription with us.",
            Question: "Would you prefer no more reminders? Your subscription stays as it is.",
            Unsubscribe: "Stop the reminders",
            Preferences: "See your preferences"),
        friend: new(
            Why: "You are receiving this email because somebody filled in this address with us.",
            Question: "Would you rather never hear from us?",
            Unsubscribe: "Let us know",
            Preferences: null));

    public static IReadOnlyList<MailLanguage> All { get; } = [Dutch, English];

    /// <summary>As in file names (invitation.nl.md) and in the lang attribute: ISO 639-1.</summary>
    public string Code { get; }

    public static bool TryParse(string? code, [NotNullWhen(true)] out MailLanguage? language)
    {
        language = All.FirstOrDefault(l => string.Equals(l.Code, code, StringComparison.OrdinalIgnoreCase));
        return language is not null;
    }

    /// <summary>"dinsdag 5 januari 2027", "Tuesday 5 January 2027".</summary>
    public string Date(DateOnly date) => string.Create(CultureInfo.InvariantCulture,
        $"{_days[(int)date.DayOfWeek]} {ShortDate(date)}");

    /// <summary>"5 januari 2027", "5 January 2027".</summary>
    public string ShortDate(DateOnly date) => string.Create(CultureInfo.InvariantCulture, $"{date.Day} {Month(date)}");

    /// <summary>"januari 2027", "January 2027".</summary>
    public string Month(DateOnly date) => string.Create(CultureInfo.InvariantCulture, $"{_months[date.Month - 1]} {date.Year}");

    /// <summary>"€ 1.234,50", "€1,234.50"; a whole amount has no decimals.</summary>
    /// <param name="currency">ISO 4217; one without a sign here is written as its code.</param>
    public string Money(decimal amount, string currency)
    {
        var number = amount.ToString(decimal.IsInteger(amount) ? "#,0" : "#,0.00", _numbers);
        return currency switch
        {
            "EUR" => $"€{_afterSymbol}{number}",
            "GBP" => $"£{_afterSymbol}{number}",
            "USD" => $"${_afterSymbol}{number}",
            _ => $"{currency}{Unbroken}{number}",
        };
    }

    /// <summary>"dinsdag", "dinsdag en woensdag", "maandag, dinsdag en woensdag"; from Monday on, whatever the order given.</summary>
    public string DaysOfWeek(IEnumerable<DayOfWeek> days)
    {
        var names = days.Distinct().OrderBy(day => ((int)day + 6) % 7).Select(day => _days[(int)day]).ToArray();
        return names.Length < 2 ? string.Concat(names) : $"{string.Join(", ", names[..^1])} {_and} {names[^1]}";
    }

    internal FooterWords Footer(MailModel model) => model.Invitation is not null ? _friend : model.Class is MessageClass.Service ? _service : _marketing;

    public override string ToString() => Code;
}

/// <param name="Why">Why you get this mail.</param>
/// <param name="Question">Leads to the unsubscribe link, and says what unsubscribing does where that could be misread.</param>
/// <param name="Unsubscribe">The words of the link.</param>
/// <param name="Preferences">The words of the link to the page of preferences; null where there is none.</param>
internal sealed record FooterWords(string Why, string Question, string Unsubscribe, string? Preferences);
