using System.CommandLine;
using System.Text.Json;
using Spectre.Console;
using Winback.Campaigns;
using Winback.Customers;
using Winback.Mail;
using Winback.Outreach;

namespace Winback.Cli.Commands.Campaigns;

internal sealed record SentTest(string Step, string Language, string Subject);

/// <summary><c>winback campaigns test-send CAMPAIGN --to ADDRESS</c>: its mails to yourself, by the real way out.</summary>
internal static class TestSendCommand
{
    public static Command Create()
    {
        var id = CampaignDesk.IdArgument();
        var to = new Option<string>("--to") { Description = "Your own address.", Required = true };
        var step = new Option<string?>("--step") { Description = "Only this step. Default: all but the calls." };
        var language = new Option<string?>("--language") { Description = "nl or en. Default: both." };
        var folder = CampaignDesk.FolderOption();
        var json = Screens.JsonOption();
        language.AcceptOnlyFromAmong([.. Languages.All]);
        var command = new Command(
            "test-send",
            "Send a campaign's mails, as you wrote them, to yourself by the mail provider that is set up. For a made-up customer; nothing is recorded, and the links lead nowhere.\n"
            + "Example: winback campaigns test-send restaurant-slow-evening --to me@my-business.example --language nl")
        {
            id, to, step, language, folder, json,
        };
        command.SetAction(async (result, cancel) =>
        {
            if (!EmailAddress.TryParse(result.GetRequiredValue(to), out var address, out var problem)) throw new CommandException($"--to: {problem}.");
            await using var parts = await Parts.OpenAsync(result, cancel, "Business__", "Mail__");
            var files = CampaignDesk.Files(CampaignDesk.Folder(result.GetValue(folder)), result.GetRequiredValue(id));
            var definition = CampaignDefinition.Parse(files, parts.GetRequiredService<BusinessOptions>().Website);
            IEnumerable<Step> steps = result.GetValue(step) is { } one
                ? [definition.Campaign.Steps.FirstOrDefault(s => s.Id == one) ?? throw new CommandException($"--step: there is no step \"{one}\"; there are: {string.Join(", ", definition.Campaign.Steps.Select(s => s.Id))}.")]
                : definition.Campaign.Steps.Where(s => s.Channel == Channel.Mail);
            if (steps.FirstOrDefault(s => s.Channel == Channel.Phone) is { } call)
                throw new CommandException($"--step: {call.Id} is a call; what to say shows: winback campaigns preview {definition.Campaign.Id}");
            var sent = await SendAsync(parts, definition, steps, result.GetValue(language) is { } l ? [l] : Languages.All, address);
            if (result.GetValue(json)) Console.WriteLine(JsonSerializer.Serialize(sent, CommandJson.Default.ListSentTest));
            else foreach (var mail in sent) AnsiConsole.WriteLine($"Sent: {mail.Subject}");
            return 0;
        });
        return command;
    }

    /// <exception cref="CommandException">The provider did not take one; the message says why.</exception>
    private static async Task<List<SentTest>> SendAsync(
        IServiceProvider parts, CampaignDefinition definition, IEnumerable<Step> steps, IEnumerable<string> languages, EmailAddress to)
    {
        var (business, mail, now) = (parts.GetRequiredService<BusinessOptions>(), parts.GetRequiredService<MailOptions>(), parts.GetRequiredService<OwnerClock>().Now);
        var file = SampleRecipients.For(now)[0].File;
        var from = new MailParty(business.Name, mail.FromAddress);
        var sent = new List<SentTest>();
        foreach (var (step, language) in steps.SelectMany(_ => languages, (step, language) => (step, language)))
        {
            var rendered = definition.Render(step.Id, language, SampleRecipients.Model(business, file, definition.Campaign, step, now, language));
            var answer = await parts.GetRequiredService<IMailSender>().SendAsync(new OutgoingMail(
                $"{Guid.NewGuid():n}@{mail.FromAddress.Domain}", from, new MailParty(null, to), from, $"[test] {rendered.Subject}", rendered.Html, rendered.Text,
                new Dictionary<string, string> { [MailComposer.CampaignHeader] = definition.Campaign.Id, [MailComposer.StepHeader] = step.Id }, new Dictionary<string, string>()));
            if (answer is not Accepted) throw new CommandException($"{step.Id} in {language} was not sent: {Reason(answer)}");
            sent.Add(new SentTest(step.Id, language, rendered.Subject));
        }
        return sent;
    }

    private static string Reason(SendResult result) => result switch
    {
        Refused refused => refused.Reason,
        Unavailable unavailable => unavailable.Reason,
        Unknown unknown => $"no clear answer ({unknown.Reason}); look into the mailbox before you send it again",
        _ => result.ToString(),
    };
}
