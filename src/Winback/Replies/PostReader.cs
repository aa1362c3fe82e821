using Winback.Customers;
using Winback.Replies.Reading;

namespace Winback.Replies;

/// <summary>Reads the replies whose posts wait, and removes the posts. Stopped anywhere, the same message again completes it.</summary>
public sealed partial class PostReader(IReplyStore replies, IRawPostStore posts, ReplyReader reader, Conversation conversation, ILogger<PostReader> log)
{
    public async Task HandleAsync(ReadMessage message, CancellationToken cancel)
    {
        CustomerId? customer = message.Customer is null ? null : CustomerId.Parse(message.Customer);
        if (await replies.FindAsync(customer, message.Reply, cancel) is not { Reply: { RawPost: { } name } reply }) return;
        var (mail, reading) = await ReadAsync(reply, name, cancel);
        await conversation.ReadAsync(
            customer, reply.Id,
            r => r with
            {
                Reading = reading with { Reply = Reply.Cut(reading.Reply, Reply.MaxText) },
                Text = Reply.Cut(reading.Reply, Reply.MaxText),
                Attachments = mail?.Attachments ?? 0,
                IsBulk = mail?.IsBulk ?? true,
            },
            cancel);
        await posts.RemoveAsync(name, cancel);
    }

    private async Task<(InboundMail? Mail, ReplyReading Reading)> ReadAsync(Reply reply, string name, CancellationToken cancel)
    {
        await using var post = await posts.OpenAsync(name, cancel);
        if (post is null)
        {
            // Its text is lost, which must not go unseen: with nothing understood it is the owner's to look at.
            LogGone(log, reply.Id);
            return (null, reader.Read(new IncomingReply(reply.Subject, "", "")));
        }
        var mail = await InboundMail.ReadAsync(post.ContentType, post.Body, headOnly: false, cancel);
        // An empty envelope sender is a machine's (RFC 3834 3.3).
        var headers = mail.Sender.Length == 0 && mail.Headers.Length > 0 ? "Return-Path: <>\n" + mail.Headers : mail.Headers;
        return (mail, reader.Read(new IncomingReply(mail.Subject, headers, mail.Text)));
    }

    [LoggerMessage(3001, LogLevel.Error, "The post of reply {Reply} is gone: only its subject can be read")]
    private static partial void LogGone(ILogger logger, string reply);
}
