using System.Runtime.CompilerServices;
using Winback.Storage;

namespace Winback.Tests.Storage;

public sealed class PagingTests
{
    private static readonly CancellationToken Cancel = TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(5)]
    public async Task All_pages_come_once_and_in_order(int count)
    {
        var source = new Source(count);
        Assert.Equal(Enumerable.Range(1, count), await source.PagesAsync(Cancel).ReadAheadAsync(Cancel).ToListAsync(Cancel));
        Assert.True(source.IsClosed);
    }

    [Fact]
    public async Task The_next_page_is_asked_for_while_the_caller_works_and_no_more_than_that_one()
    {
        var source = new Source(5);
        await foreach (var page in source.PagesAsync(Cancel).ReadAheadAsync(Cancel))
            Assert.Equal(Math.Min(page + 1, 5), source.Asked);
    }

    [Fact]
    public async Task A_caller_who_stops_while_the_next_page_is_being_read_leaves_no_open_reader()
    {
        var source = new Source(5) { Delay = TimeSpan.FromMilliseconds(20) };
        await foreach (var _ in source.PagesAsync(Cancel).ReadAheadAsync(Cancel)) break;
        Assert.True(source.IsClosed);
    }

    [Fact]
    public async Task A_failure_comes_after_the_pages_before_it()
    {
        var source = new Source(5) { FailsAt = 3 };
        var seen = new List<int>();
        await Assert.ThrowsAsync<IOException>(async () =>
        {
            await foreach (var page in source.PagesAsync(Cancel).ReadAheadAsync(Cancel)) seen.Add(page);
        });
        Assert.Equal([1, 2], seen);
        Assert.True(source.IsClosed);
    }

    [Fact]
    public async Task What_the_caller_throws_is_not_replaced_by_a_failure_of_the_page_read_ahead()
    {
        var source = new Source(5) { FailsAt = 2 };
        await Assert.ThrowsAsync<FormatException>(async () =>
        {
            await foreach (var _ in source.PagesAsync(Cancel).ReadAheadAsync(Cancel)) throw new FormatException();
        });
    }

    /// <summary>Pages 1, 2, 3, ...</summary>
    private sealed class Source(int count)
    {
        public int Asked { get; private set; }

        public bool IsClosed { get; private set; }

        public int? FailsAt { get; init; }

        public TimeSpan Delay { get; init; }

        public async IAsyncEnumerable<int> PagesAsync([EnumeratorCancellation] CancellationToken cancel)
        {
            try
            {
                for (var i = 1; i <= count; i++)
                {
                    Asked = i;
                    await Task.Delay(Delay, cancel);
                    if (i == FailsAt) throw new IOException();
                    yield return i;
                }
            }
            finally
            {
                IsClosed = true;
            }
        }
    }
}
