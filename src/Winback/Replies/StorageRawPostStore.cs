using System.Buffers;
using System.Text;
using Azure;
using Azure.Storage.Blobs.Models;
using Azure.Storage.Blobs.Specialized;
using Winback.Storage;

namespace Winback.Replies;

/// <summary>Container <c>raw-posts</c>: one blob per post.</summary>
public sealed class StorageRawPostStore(StorageAccount storage) : IRawPostStore
{
    private const string Container = "raw-posts";

    public IRawPostWriter Begin(string name, string contentType) => new Writer(storage, name, contentType);

    public async Task<RawPost?> OpenAsync(string name, CancellationToken cancel)
    {
        try
        {
            var blob = (await storage.ContainerAsync(Container)).GetBlobClient(name);
            var download = (await blob.DownloadStreamingAsync(cancellationToken: cancel)).Value;
            return new RawPost(download.Content, download.Details.ContentType);
        }
        catch (RequestFailedException e) when (e.Status == 404)
        {
            return null;
        }
    }

    public async Task RemoveAsync(string name, CancellationToken cancel) =>
        await (await storage.ContainerAsync(Container)).DeleteBlobIfExistsAsync(name, cancellationToken: cancel);

    /// <summary>Blocks that are never committed are removed by storage after a week.</summary>
    private sealed class Writer(StorageAccount storage, string name, string contentType) : IRawPostWriter
    {
        private const int BlockSize = 1024 * 1024;

        private readonly ArrayBufferWriter<byte> _block = new();
        private readonly List<string> _blocks = [];

        public async Task WriteAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancel)
        {
            _block.Write(bytes.Span);
            if (_block.WrittenCount >= BlockSize) await StageAsync(cancel);
        }

        public async Task CommitAsync(CancellationToken cancel)
        {
            if (_block.WrittenCount > 0) await StageAsync(cancel);
            await (await BlobAsync()).CommitBlockListAsync(_blocks, new BlobHttpHeaders { ContentType = contentType }, cancellationToken: cancel);
        }

        private async Task StageAsync(CancellationToken cancel)
        {
            var id = Convert.ToBase64String(Encoding.ASCII.GetBytes($"{_blocks.Count:D6}"));
            await (await BlobAsync()).StageBlockAsync(id, BinaryData.FromBytes(_block.WrittenMemory).ToStream(), cancellationToken: cancel);
            _blocks.Add(id);
            _block.ResetWrittenCount();
        }

        private async Task<BlockBlobClient> BlobAsync() => (await storage.ContainerAsync(Container)).GetBlockBlobClient(name);
    }
}
