using System.Text.RegularExpressions;
using Winback.Campaigns;
using Winback.Campaigns.Rendering;

namespace Winback.Tests.Campaigns.Rendering;

/// <summary>
/// Each mail that ships, as a reader without HTML sees it, against tests/Winback.Tests/Fixtures/mails. After a deliberate change run the
/// tests once with WINBACK_UPDATE_MAILS=1 and read the difference as a customer would.
/// </summary>
public sealed partial class PlaybookMailTests
{
    public static TheoryData<string> Mails() => [.. Texts.Where(file => !IsCall(file))];

    public static TheoryData<string> Calls() => [.. Texts.Where(IsCall)];

    private static IEnumerable<string> Texts =>
        Directory.EnumerateFiles(SampleMails.Campaigns, "*.md", SearchOption.AllDirectories)
            .Select(file => Path.GetRelativePath(SampleMails.Campaigns, file).Replace('\\', '/'))
            .Where(file => LanguageInName().IsMatch(file) && !file.StartsWith("partials/", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal);

    [Theory]
    [MemberData(nameof(Mails))]
    public Task A_mail_reads_as_it_was_approved(string mail)
    {
        var rendered = Render(mail, known: true);
        var stranger = Render(mail, known: false);
        return ReadsAsync(mail, $"Subject: {rendered.Subject}\n\n{rendered.Text}\n==== first name, last visit and telephone number unknown ====\n\n"
            + $"Subject: {stranger.Subject}\n\n{stranger.Text}");
    }

    [Theory]
    [MemberData(nameof(Calls))]
    public Task What_to_say_in_a_call_reads_as_it_was_approved(string call) => ReadsAsync(
        call, $"{Say(call, known: true)}\n==== first name, last visit and telephone number unknown ====\n\n{Say(call, known: false)}");

    private static async Task ReadsAsync(string mail, string actual)
    {
        var approved = Path.Combine(SampleMails.Repository, "tests/Winback.Tests/Fixtures/mails", Path.ChangeExtension(mail.Replace('/', '.'), "txt"));
        if (Environment.GetEnvironmentVariable("WINBACK_UPDATE_MAILS") == "1")
            await File.WriteAllTextAsync(approved, actual, TestContext.Current.CancellationToken);
        Assert.True(File.Exists(approved), $"{approved} is missing; run the tests once with WINBACK_UPDATE_MAILS=1 and read what it wrote.");
        var expected = await File.ReadAllTextAsync(approved, TestContext.Current.CancellationToken);
        Assert.True(expected.ReplaceLineEndings("\n") == actual,
            $"{mail} changed. If that is meant, run the tests once with WINBACK_UPDATE_MAILS=1 and review {approved}. It now reads:\n\n{actual}");
    }

    [Theory]
    [MemberData(nameof(Mails))]
    public void A_mail_is_short_and_does_not_shout(string mail)
    {
        var rendered = Render(mail, known: true);
        var body = rendered.Text[..rendered.Text.IndexOf("\n--\n", StringComparison.Ordinal)];

        Assert.InRange(Words().Count(body), 30, 130);
        Assert.DoesNotContain('!', rendered.Subject + body);
    }

    [Theory]
    [MemberData(nameof(Mails))]
    public void A_mail_exists_in_every_language(string mail)
    {
        foreach (var language in MailLanguage.All)
        {
            var counterpart = LanguageInName().Replace(mail, $".{language.Code}.md");
            Assert.True(File.Exists(Path.Combine(SampleMails.Campaigns, counterpart)), $"{counterpart} is missing beside {mail}.");
        }
    }

    [Theory]
    [MemberData(nameof(Mails))]
    public void A_mail_offers_one_button_and_needs_only_what_its_campaign_has(string mail)
    {
        string[] needs = mail switch
        {
            "we-miss-you/how-are-you.nl.md" or "we-miss-you/how-are-you.en.md" => [], // a question, with nothing to sell
            "coach-follow-up/how-is-it-going.nl.md" or "coach-follow-up/how-is-it-going.en.md" => [],
            "coach-follow-up/door-open.nl.md" or "coach-follow-up/door-open.en.md" => ["links.return_url"],
            "we-miss-you/what-is-new.nl.md" or "we-miss-you/what-is-new.en.md" => ["links.return_url", "news"],
            "we-miss-you/last-word.nl.md" or "we-miss-you/last-word.en.md" => ["links.return_url"],
            _ => IsService(mail) ? ["links.return_url", "subscription"] : ["links.return_url", "offer"],
        };
        Assert.Equal(needs, Parse(mail).Needs.Order());
        Assert.Equal(needs.Length == 0 ? 0 : 1, Regex.Count(Render(mail, known: true).Html, "class=\"wb-button-link\""));
    }

    [Fact]
    public void A_service_mail_has_no_marketing_in_it()
    {
        foreach (var mail in Mails().Select(row => row.Data).Where(IsService))
            Assert.DoesNotMatch("(?i)offer|referral|korting|discount|actie|aanbieding", File.ReadAllText(Path.Combine(SampleMails.Campaigns, mail)));
    }

    private static bool IsService(string mail) => mail.StartsWith("renewal-", StringComparison.Ordinal);

    private static bool IsCall(string file) => file.StartsWith("coach-follow-up/catch-up.", StringComparison.Ordinal);

    private static MailTemplate Parse(string mail) => MailTemplate.Parse(
        mail, File.ReadAllText(Path.Combine(SampleMails.Campaigns, mail)), SampleMails.Partials(LanguageInName().Match(mail).Groups[1].Value), IsCall(mail) ? Channel.Phone : Channel.Mail);

    private static MailLanguage LanguageOf(string mail) => LanguageInName().Match(mail).Groups[1].Value is "en" ? MailLanguage.English : MailLanguage.Dutch;

    private static RenderedMail Render(string mail, bool known) => SampleMails.Renderer.Render(Parse(mail), Model(mail, known), LanguageOf(mail));

    private static TalkingPoints Say(string call, bool known) => TalkingPoints.Of(Parse(call), Model(call, known), LanguageOf(call));

    private static MailModel Model(string mail, bool known)
    {
        var language = LanguageOf(mail);
        var model = IsService(mail) ? SampleMails.Gym : SampleMails.Restaurant;
        if (model.Subscription is { } subscription && StepDays().Match(mail) is { Success: true } step)
            model = model with { Subscription = subscription with { DaysLeft = int.Parse(step.Value, null) } };
        if (model.Offer is { } offer && language == MailLanguage.English)
            model = model with { Offer = offer with { Text = "a three-course menu for €29.50" }, News = "Joris is our new chef, and there are four more tables in the garden." };
        if (!known)
        {
            model = model with
            {
                Customer = new(null, " "),
                AwayMonths = 0,
                LastVisit = null,
                Visits = 0,
                Links = model.Links with { ReferralUrl = null, ReferralCode = null },
                Business = model.Business with { Phone = null },
            };
        }
        return model;
    }

    [GeneratedRegex(@"\.(nl|en)\.md$")]
    private static partial Regex LanguageInName();

    [GeneratedRegex(@"\d+(?=-days?\.)")]
    private static partial Regex StepDays();

    [GeneratedRegex(@"\S*\w\S*")]
    private static partial Regex Words();
}
