using System.Text.Json;
using Winback.Replies;
using Winback.Replies.Reading;

namespace Winback.Cli.Commands;

/// <summary>What a reply led to, in words; never the words of the reply itself.</summary>
internal static class WhyReply
{
    public static IEnumerable<WhyEvent> Events(Reply reply)
    {
        yield return new WhyEvent(reply.ReceivedAt, Received(reply));
        if (reply.Answer is { } answer) yield return new WhyEvent(answer.At, Given("answer", answer));
        if (reply.OwnerMailedAt is { } mailed) yield return new WhyEvent(mailed, "The owner was mailed about it.");
        if (reply.EscalatedAt is { } late) yield return new WhyEvent(late, "The complaint was not solved in time and was escalated.");
        if (reply.CorrectedAt is { } corrected) yield return new WhyEvent(corrected, $"The owner corrected the reading: {Say(reply.Correction!)}.");
        if (reply.HandledAt is { } handled) yield return new WhyEvent(handled, reply.FollowUp.OpensCase ? "The complaint was solved." : "The owner was done with the reply.");
        if (reply.Invitation is { } invitation) yield return new WhyEvent(invitation.At, Given("invitation back", invitation));
    }

    /// <summary>A reading in a few words.</summary>
    public static string Say(ReplyReading reading) =>
        reading.Automatic ? "an automatic answer" : string.Join(", ", reading.Findings().DefaultIfEmpty("no reason or wish that could be read"));

    private static string Received(Reply reply)
    {
        if (reply.Reading is null) return $"{Told(reply)}; it waits to be read.";
        if (reply.Reading.Automatic) return $"An automatic answer came in; nothing follows from it{(reply.Reading.ReturnDate is { } back ? $" (back on {back:yyyy-MM-dd})" : "")}.";
        return $"{Told(reply)}: {Say(reply.Reading)}.{(reply.FollowUp.OpensCase ? " A complaint case was opened." : "")}";
    }

    private static string Told(Reply reply) => reply.Road switch
    {
        Road.Page => "Answered through a link in the mail",
        Road.Phone => "Told on the telephone",
        Road.Bounce => "Their mail server told",
        _ => $"Replied to {reply.Step ?? "a mail"} of {reply.Campaign ?? "a campaign"}",
    };

    private static string Given(string what, GivenAnswer answer) => answer.State switch
    {
        AnswerState.HandedOver => $"An automatic {what} ({Labels.Of(answer.Kind)}) was handed over.",
        AnswerState.Skipped => $"No automatic {what} ({Labels.Of(answer.Kind)}): {answer.Problem}.",
        _ => $"An automatic {what} ({Labels.Of(answer.Kind)}) is {JsonNamingPolicy.KebabCaseLower.ConvertName(answer.State.ToString())}: {answer.Problem}.",
    };
}
