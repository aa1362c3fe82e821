using System.Collections.Concurrent;
using Winback.Mail;

namespace Winback.Tests.Fakes;

/// <summary>Takes every mail, unless told otherwise for the next ones.</summary>
public sealed class ScriptedMailSender(Effects effects) : IMailSender
{
    private readonly ConcurrentQueue<OutgoingMail> _tried = new();
    private readonly ConcurrentQueue<OutgoingMail> _sent = new();
    private readonly ConcurrentQueue<Func<OutgoingMail, SendResult>> _script = new();

    /// <summary>What may have reached a customer: accepted, or of unknown outcome.</summary>
    public IReadOnlyList<OutgoingMail> Sent => [.. _sent];

    /// <summary>Every attempt.</summary>
    public IReadOnlyList<OutgoingMail> Tried => [.. _tried];

    /// <summary>The answers to the next attempts, one each; after them every mail is accepted.</summary>
    public void Next(params SendResult[] results)
    {
        foreach (var result in results) Next(_ => result);
    }

    /// <summary>What happens at the next attempt: something meanwhile, then an answer or an exception.</summary>
    public void Next(Func<OutgoingMail, SendResult> answer) => _script.Enqueue(answer);

    public Task<string?> FindProblemAsync(CancellationToken cancel) => Task.FromResult<string?>(null);

    public Task<SendResult> SendAsync(OutgoingMail mail)
    {
        effects.ThrowIfStopped();
        _tried.Enqueue(mail);
        var result = _script.TryDequeue(out var answer) ? answer(mail) : new Accepted($"id-{mail.MessageId}");
        if (result is Accepted or Unknown) _sent.Enqueue(mail);
        effects.Add($"mail to {mail.Tags.GetValueOrDefault("customer", "the owner")}: {mail.Tags.GetValueOrDefault("step") ?? mail.Tags.GetValueOrDefault("answer") ?? mail.Tags.GetValueOrDefault("reply") ?? mail.Tags["referral"]} {result.GetType().Name}");
        return Task.FromResult(result);
    }
}
