namespace Winback.Replies;

/// <summary>Posts as they came, kept until they are read, so that nothing is lost whatever we make of them.</summary>
public interface IRawPostStore
{
    /// <summary>Begins a post; what was written is kept only once it is committed.</summary>
    IRawPostWriter Begin(string name, string contentType);

    /// <returns>Null when it is not there (any more).</returns>
    Task<RawPost?> OpenAsync(string name, CancellationToken cancel);

    Task RemoveAsync(string name, CancellationToken cancel);
}

/// <summary>Takes a post piece by piece, in bounded memory.</summary>
public interface IRawPostWriter
{
    Task WriteAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancel);

    Task CommitAsync(CancellationToken cancel);
}

/// <param name="ContentType">As the post had it; says where its parts begin.</param>
public sealed record RawPost(Stream Body, string ContentType) : IAsyncDisposable
{
    public ValueTask DisposeAsync() => Body.DisposeAsync();
}

/// <summary>A body that is kept, and looked at by whoever wants to, while it is read.</summary>
internal sealed class KeptBody(Stream body, Func<ReadOnlyMemory<byte>, CancellationToken, Task> keep) : Stream
{
    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var read = await body.ReadAsync(buffer, cancellationToken);
        if (read > 0) await keep(buffer[..read], cancellationToken);
        return read;
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException("Read asynchronously.");

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
