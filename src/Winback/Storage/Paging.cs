using System.Runtime.CompilerServices;

namespace Winback.Storage;

/// <summary>How pages are read.</summary>
public static class Paging
{
    /// <summary>Reads the next page while the caller works on this one: never more than one ahead, so memory stays bounded.</summary>
    public static async IAsyncEnumerable<T> ReadAheadAsync<T>(this IAsyncEnumerable<T> pages, [EnumeratorCancellation] CancellationToken cancel)
    {
        await using var reader = pages.GetAsyncEnumerator(cancel);
        var next = reader.MoveNextAsync().AsTask();
        try
        {
            while (await next)
            {
                var page = reader.Current;
                next = reader.MoveNextAsync().AsTask();
                yield return page;
            }
        }
        finally
        {
            // A reader must not be disposed while it reads. If that read fails, the caller who stopped has no use for the failure any more;
            // one who goes on gets it from the loop.
            await ((Task)next).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}
