using Winback.Campaigns;

namespace Winback.Pages;

/// <summary>The page behind the unsubscribe link.</summary>
internal static class UnsubscribePage
{
    /// <summary>One button; nothing has changed yet.</summary>
    public static Page Ask(string language, MessageClass messageClass) => (language, messageClass) switch
    {
        ("en", MessageClass.Service) => Question("en", "No more reminders?",
            "Press the button and we will no longer remind you that your subscription ends. The subscription itself does not change.", "Stop the reminders"),
        ("en", _) => Question("en", "No more invitations?", "Press the button and we will send you no more invitations and offers, from this moment on.", "Unsubscribe me"),
        (_, MessageClass.Service) => Question("nl", "Geen herinneringen meer?",
            "Druk op de knop, dan herinneren we je er niet meer aan dat je abonnement afloopt. Aan je abonnement zelf verandert niets.", "Stop de herinneringen"),
        _ => Question("nl", "Geen uitnodigingen meer?", "Druk op de knop, dan sturen we je vanaf nu geen uitnodigingen en aanbiedingen meer.", "Schrijf me uit"),
    };

    public static Page Done(string language, MessageClass messageClass) => (language, messageClass) switch
    {
        ("en", MessageClass.Service) => Said("en", "No more reminders",
            "We will no longer remind you that your subscription ends. The subscription itself does not change."),
        ("en", _) => Said("en", "You are unsubscribed", "You will get no more invitations and offers from us. You are always welcome, of course."),
        (_, MessageClass.Service) => Said("nl", "Geen herinneringen meer",
            "We herinneren je er niet meer aan dat je abonnement afloopt. Aan je abonnement zelf verandert niets."),
        _ => Said("nl", "Je bent uitgeschreven", "Je krijgt van ons geen uitnodigingen en aanbiedingen meer. Je blijft natuurlijk altijd welkom."),
    };

    private static Page Question(string language, string title, string text, string button) =>
        new(language, title, Html.Of($"<p>{text}</p>{FormFields.Form(FormFields.Button(button))}")) { OtherLanguage = $"?lang={Page.Other(language)}" };

    private static Page Said(string language, string title, string text) => new(language, title, Html.Of($"<p>{text}</p>")) { IsDone = true };
}
