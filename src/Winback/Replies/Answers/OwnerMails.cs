using System.Globalization;
using System.Net;
using System.Text;
using Winback.Campaigns.Rendering;
using Winback.Customers;
using Winback.Mail;

namespace Winback.Replies.Answers;

/// <summary>
/// The mail that tells the owner what a customer said and what there is to do. Answering it answers the customer. In the owner's language; whatever the
/// customer wrote is shown literally.
/// </summary>
public sealed class OwnerMails(ReplyOptions options, BusinessOptions business, MailOptions mailOptions)
{
    private bool IsEnglish => business.Language == "en";

    /// <param name="file">Null for a reply of nobody.</param>
    /// <param name="to">One of <see cref="RecipientsOf"/>.</param>
    public OutgoingMail Compose(CustomerFile? file, Reply reply, bool isEscalation, EmailAddress to, Moment now)
    {
        var words = OwnerWords.Of(IsEnglish);
        var name = file?.Profile.Name ?? file?.Customer.Id.ToString() ?? words.Somebody;
        var task = file is null ? words.Unmatched : words.Tasks[reply.FollowUp.Tasks[0]];
        var due = reply.FollowUp.OpensCase ? TimeZoneInfo.ConvertTime(reply.CaseSince + options.SolveWithin, now.Zone).ToString("d-M HH:mm", CultureInfo.InvariantCulture) : null;
        var subject = MailPlaceholders.OneLine(isEscalation ? $"{words.Late}: {words.Complaint} – {name}" : $"{task} – {name}");
        var facts = new List<string>();
        if (file is not null) facts.Add($"{name} · {words.Customer} {file.Customer.Id}{Part(file.Profile.Email)}{Part(file.Profile.Phone)}");
        if (file?.Customer is { LastVisit: { } last } customer) facts.Add($"{words.LastVisit} {last.ToString("d-M-yyyy", CultureInfo.InvariantCulture)} · {customer.Visits} {words.Visits}");
        facts.Add(string.Join(" · ", new[] { reply.Campaign, reply.Step, words.Roads[reply.Road] }.OfType<string>()));
        var steps = new List<string>(file is null ? [words.Assign(reply.Id)] : reply.FollowUp.Tasks.Select(t => words.Steps[t]));
        if (due is not null) steps.Add(isEscalation ? words.WasDue(due) : words.Due(due));
        if (reply.FollowUp.OpensCase) steps.Add(words.Solve(reply.Id));
        else if (file is not null) steps.Add(words.Done(reply.Id));
        var (text, html) = Write(subject, facts, reply.Text.Length > 0 ? reply.Text : reply.Subject, Reading(reply, words), steps);
        return new OutgoingMail(
            $"{(isEscalation ? "late" : "reply")}.{reply.Id}@{mailOptions.FromAddress.Domain}",
            new MailParty(business.Name, mailOptions.FromAddress), new MailParty(null, to),
            file?.Profile.Email is { } email && EmailAddress.TryParse(email, out var address, out _)
                ? new MailParty(file.Profile.Name, address) : new MailParty(business.Name, mailOptions.FromAddress),
            subject, html, text,
            new Dictionary<string, string> { ["Auto-Submitted"] = "auto-generated", [OwnerHeader] = reply.Id },
            new Dictionary<string, string> { ["reply"] = reply.Id, ["for"] = "owner" });

        static string Part(string? text) => string.IsNullOrWhiteSpace(text) ? "" : $" · {text}";
    }

    /// <summary>Who is told; the next one when the one before cannot be reached. What was not solved in time is not told to the same account manager again.</summary>
    public IReadOnlyList<EmailAddress> RecipientsOf(CustomerFile? file, bool isEscalation)
    {
        var found = new List<EmailAddress>();
        var owner = options.OwnerEmail is { Length: > 0 } given ? given : mailOptions.FromAddress.Value;
        foreach (var text in new[] { isEscalation ? options.EscalateTo : file?.Profile.AccountManager, owner })
            if (EmailAddress.TryParse(text, out var address, out _) && !found.Contains(address)) found.Add(address);
        return found;
    }

    public const string OwnerHeader = "X-Winback-Reply";

    private static string Reading(Reply reply, OwnerWords words)
    {
        var findings = string.Join(", ", reply.Standing!.Findings());
        return findings.Length == 0 ? words.NothingRead : $"{words.ReadAs} {findings}.";
    }

    private (string Text, string Html) Write(string title, IReadOnlyList<string> facts, string said, string reading, IReadOnlyList<string> steps)
    {
        var text = new StringBuilder().AppendLine(title).AppendLine();
        foreach (var fact in facts) text.AppendLine(MailPlaceholders.OneLine(fact));
        text.AppendLine();
        foreach (var line in said.ReplaceLineEndings("\n").Split('\n')) text.Append("> ").AppendLine(line);
        text.AppendLine().AppendLine(reading).AppendLine();
        foreach (var step in steps) text.Append("- ").AppendLine(step);
        var html = new StringBuilder("<!doctype html><html lang=\"").Append(business.Language).Append("\"><head><meta charset=\"utf-8\"><meta name=\"color-scheme\" content=\"light dark\"></head>")
            .Append("<body style=\"margin:0;padding:24px;font:16px/1.5 system-ui,sans-serif\"><div style=\"max-width:600px;margin:0 auto\">")
            .Append("<h1 style=\"font-size:20px;margin:0 0 12px\">").Append(Literal(title)).Append("</h1><p>").AppendJoin("<br>", facts.Select(Literal))
            .Append("</p><blockquote style=\"margin:20px 0;padding:2px 16px;border-left:4px solid ").Append(business.Colours.Accent).Append(";white-space:pre-wrap\">").Append(Literal(said))
            .Append("</blockquote><p>").Append(Literal(reading)).Append("</p><ul style=\"padding-left:20px\">");
        foreach (var step in steps) html.Append("<li>").Append(Literal(step)).Append("</li>");
        html.Append("</ul></div></body></html>");
        return (text.ToString().ReplaceLineEndings("\n"), html.ToString());
    }

    private static string Literal(string text) => WebUtility.HtmlEncode(text);
}
