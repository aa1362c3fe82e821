using Winback.Customers;
using Winback.Pages;

namespace Winback.Referrals;

/// <summary>The page on which a friend signs up, and what it answers.</summary>
internal static class InvitationPage
{
    /// <summary>The box by which the friend agrees to mail.</summary>
    public const string ConsentField = "agree";

    /// <summary>A field that people do not see; programs fill it in.</summary>
    public const string TrapField = "website";

    /// <param name="problems">What was wrong with the form; empty the first time.</param>
    public static Page Ask(Invitation i, FriendForm form, bool agrees, IReadOnlyList<FriendProblem> problems)
    {
        var title = (i.IsEnglish, i.Referrer) switch
        {
            (true, { } name) => $"{name} invites you to {i.Business.Name}",
            (true, _) => $"You are invited to {i.Business.Name}",
            (_, { } name) => $"{name} nodigt je uit bij {i.Business.Name}",
            _ => $"Je bent uitgenodigd bij {i.Business.Name}",
        };
        var terms = Html.Of($"<p>{Offer(i)}</p><p>{Conditions(i)}</p>");
        return new Page(i.Language, title, Html.Of($"{terms}{Form(i, form, agrees, problems)}<p class=\"hint panel\">{Privacy(i)}</p>"))
        {
            HasProblem = problems.Count > 0,
            OtherLanguage = problems.Count > 0 ? null : $"?lang={Page.Other(i.Language)}",
        };
    }

    /// <summary>The same for everybody, also for who was a customer before.</summary>
    public static Page Welcome(Invitation i)
    {
        var mail = i.IsEnglish
            ? "If you left an e-mail address that is new to us, you will get one mail on it, which asks whether this was you."
            : "Liet je een e-mailadres achter dat nieuw voor ons is, dan krijg je daarop één mail, om te vragen of jij dit was.";
        return new Page(i.Language, i.IsEnglish ? "Welcome, you are on the list" : "Welkom, je staat erbij", Html.Of($"<p>{mail}</p>{Reward(i)}")) { IsDone = true };
    }

    /// <summary>What the friend gets, and how.</summary>
    public static Html Reward(Invitation i)
    {
        var reward = (i.IsEnglish, i.FriendReward) switch
        {
            (true, { } amount) => $"You get {amount} after your first purchase{After(i)}.",
            (true, _) => "We look forward to meeting you.",
            (_, { } amount) => $"Je krijgt {amount} na je eerste aankoop{After(i)}.",
            _ => "We kijken uit naar je komst.",
        };
        var how = i.IsEnglish
            ? "Use the same e-mail address when you buy, or tell us who sent you, so that we know it is you."
            : "Gebruik bij je aankoop hetzelfde e-mailadres, of vertel van wie je de tip kreeg, dan weten we dat jij het bent.";
        var known = (i.IsEnglish, i.FriendReward) switch
        {
            (_, null) => "",
            (true, _) => " If you were a customer of ours before, there is no reward, but you are just as welcome.",
            _ => " Was je al klant bij ons, dan is er geen beloning, maar je bent net zo welkom.",
        };
        var site = i.Business.Website is { Length: > 0 } address
            ? Html.Of($"<p class=\"actions\"><a class=\"button\" href=\"{address}\">{(i.IsEnglish ? "To our website" : "Naar onze website")}</a></p>")
            : Html.None;
        return Html.Of($"<p>{reward}</p><p>{how}{known}</p>{site}");
    }

    /// <summary>What a friend who ticks the box agrees to; kept with the referral as it stands here.</summary>
    public static string Consent(Invitation i) => i.IsEnglish
        ? $"{i.Business.Name} may e-mail me news and offers too. I don’t have to agree, and I can unsubscribe at any time."
        : $"{i.Business.Name} mag mij ook nieuws en aanbiedingen mailen. Dat hoeft niet, en ik kan me altijd weer afmelden.";

    /// <summary>More friends than a customer has.</summary>
    public static Page Full(Invitation i) => i.IsEnglish
        ? Of(i, "This invitation has been used too often", "Just tell us who sent you when you visit, and we will take care of it.")
        : Of(i, "Deze uitnodiging is te vaak gebruikt", "Vertel ons bij je bezoek van wie je de tip kreeg, dan regelen wij het.");

    public static Page Unreadable(Invitation i) => i.IsEnglish
        ? Of(i, "Something went wrong with the form", "Open the invitation again and fill it in once more.")
        : Of(i, "Er ging iets mis met het formulier", "Open de uitnodiging opnieuw en vul hem nog eens in.");

    /// <summary>A code that nobody has, or whose owner is gone.</summary>
    public static Page Unknown(string language) => language == "en"
        ? new Page("en", "This invitation does not work", Html.Of($"<p>Ask who invited you to send the link again, whole.</p>"))
        : new Page("nl", "Deze uitnodiging werkt niet", Html.Of($"<p>Vraag degene die je uitnodigde om de link nog eens helemaal te sturen.</p>"));

    private static Page Of(Invitation i, string title, string text) => new(i.Language, title, Html.Of($"<p>{text}</p>"));

    private static string Offer(Invitation i)
    {
        var who = Who(i);
        return (i.IsEnglish, i.FriendReward, i.ReferrerReward) switch
        {
            (true, { } yours, { } theirs) => $"Become a customer, and you get {yours} from us, and {who} gets {theirs}.",
            (true, { } yours, _) => $"Become a customer, and you get {yours} from us.",
            (true, _, { } theirs) => $"Become a customer, and {who} gets {theirs} from us.",
            (true, _, _) => $"Leave your name, and we will know that it was {who} who told you about us.",
            (_, { } yours, { } theirs) => $"Word klant, dan krijg jij {yours} van ons, en {who} {theirs}.",
            (_, { } yours, _) => $"Word klant, dan krijg je {yours} van ons.",
            (_, _, { } theirs) => $"Word klant, dan krijgt {who} {theirs} van ons.",
            _ => $"Laat je naam achter, dan weten we dat je de tip van {who} kreeg.",
        };
    }

    private static string Conditions(Invitation i)
    {
        var days = i.Options.ValidFor.Days;
        if (i.FriendReward is null && i.ReferrerReward is null)
            return i.IsEnglish ? "It is meant for people who are new here." : "Het is bedoeld voor wie hier nieuw is.";
        return i.IsEnglish
            ? $"It is for people who are new here and buy something within {(days == 1 ? "a day" : $"{days} days")}. The reward comes after the first purchase{After(i)}."
            : $"Het geldt voor wie hier nieuw is en binnen {(days == 1 ? "een dag" : $"{days} dagen")} iets koopt. De beloning komt na de eerste aankoop{After(i)}.";
    }

    /// <summary>What follows "after the first purchase".</summary>
    private static string After(Invitation i) => (i.Options.RefundPeriod.Days, i.IsEnglish) switch
    {
        (0, _) => "",
        (1, true) => ", once the day on which it can still be returned has passed",
        (var days, true) => $", once the {days} days in which it can be returned have passed",
        (1, _) => ", zodra de bedenktijd van 1 dag voorbij is",
        (var days, _) => $", zodra de bedenktijd van {days} dagen voorbij is",
    };

    private static string Privacy(Invitation i)
    {
        var who = Sentence(Who(i));
        return i.IsEnglish
            ? "We keep what you fill in to recognise your first purchase, and mail you once to ask whether it was you. "
            + $"{who} sees your first name, and whether you became a customer. Tell us if you want it removed."
            : "We bewaren wat je invult om je eerste aankoop te herkennen, en mailen je één keer om te vragen of jij het was. "
            + $"{who} ziet je voornaam, en of je klant bent geworden. Wil je dat we het verwijderen, laat het ons dan weten.";
    }

    private static Html Form(Invitation i, FriendForm form, bool agrees, IReadOnlyList<FriendProblem> problems)
    {
        var (name, email, phone) = i.IsEnglish
            ? ("Your first name", "Your e-mail address", "Or your telephone number")
            : ("Je voornaam", "Je e-mailadres", "Of je telefoonnummer");
        var hint = i.IsEnglish
            ? "An address or a telephone number is enough. By the address we recognise your purchase by ourselves."
            : "Een adres of een telefoonnummer is genoeg. Aan het adres herkennen we je aankoop vanzelf.";
        return FormFields.Form(
            FormFields.Line("name", name, form.Name, "given-name", FriendForm.MaxName, problem: ProblemOf("name")),
            FormFields.Line("email", email, form.Email, "email", FriendForm.MaxEmail, "email", hint, ProblemOf("email")),
            FormFields.Line("phone", phone, form.Phone, "tel", PhoneNumber.MaxLength, "tel", problem: ProblemOf("phone")),
            Trap(i),
            Box(i, agrees),
            FormFields.Button(i.IsEnglish ? "Sign me up" : "Meld me aan"));

        string? ProblemOf(string field) => problems.FirstOrDefault(p => p.Field == field) is { } found ? Say(found.Kind, i.IsEnglish) : null;
    }

    /// <summary>Not ticked beforehand: consent is given by doing something (GDPR, article 4(11)).</summary>
    private static Html Box(Invitation i, bool agrees) => Html.Of($"""
        <div class="field"><label class="choice"><input type="checkbox" name="{ConsentField}" value="yes"{new Html(agrees ? " checked" : "")}>
        <span>{Consent(i)}</span></label></div>
        """);

    private static string Say(FriendProblemKind kind, bool inEnglish) => (kind, inEnglish) switch
    {
        (FriendProblemKind.TooLong, true) => "This is too long: at most 100 letters.",
        (FriendProblemKind.TooLong, _) => "Dit is te lang: hoogstens 100 letters.",
        (FriendProblemKind.NoContact, true) => "Fill in your e-mail address or your telephone number.",
        (FriendProblemKind.NoContact, _) => "Vul je e-mailadres of je telefoonnummer in.",
        (FriendProblemKind.BadEmail, true) => "This is not a whole e-mail address, such as name@example.com.",
        (FriendProblemKind.BadEmail, _) => "Dit is geen volledig e-mailadres, zoals naam@voorbeeld.nl.",
        (_, true) => "This is not a telephone number: write it with digits, such as 06 12345678.",
        _ => "Dit is geen telefoonnummer: schrijf het met cijfers, zoals 06 12345678.",
    };

    private static string Who(Invitation i) => i.Referrer ?? (i.IsEnglish ? "the customer who invites you" : "de klant die je uitnodigt");

    private static string Sentence(string text) => char.ToUpperInvariant(text[0]) + text[1..];

    private static Html Trap(Invitation i) => Html.Of($"""
        <div aria-hidden="true" style="position:absolute;left:-999rem"><label>{(i.IsEnglish ? "Leave this empty" : "Laat dit leeg")}
        <input name="{TrapField}" tabindex="-1" autocomplete="off"></label></div>
        """);
}
