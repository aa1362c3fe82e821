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
        await conversation.ReadAsync(customer, reply.Id, reply.Reading is null ? await ReadAsync(reply, name, cancel) : r => r, cancel);
        await posts.RemoveAsync(name, cancel);
        // Last: a message that comes again looks for it.
        await replies.UpdateAsync(customer, reply.Id, r => r.RawPost is null ? r : r with { RawPost = null }, cancel);
    }

    private async Task<Func<Reply, Reply>> ReadAsync(Reply reply, string name, CancellationToken cancel)
    {
        var (mail, read) = await ReadPostAsync(reply, name, cancel);
        var reading = Reply.Kept(read);
        return r => r with { Reading = reading, Text = reading.Reply, Attachments = mail?.Attachments ?? 0, IsBulk = mail?.IsBulk ?? true };
    }

    private async Task<(InboundMail? Mail, ReplyReading Reading)> ReadPostAsync(Reply reply, string name, CancellationToken cancel)
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
