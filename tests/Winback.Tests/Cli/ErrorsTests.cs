using Winback.Cli;

namespace Winback.Tests.Cli;

/// <summary>What goes wrong outside Winback ends with a message and exit code 1, not with a trace.</summary>
public sealed class ErrorsTests
{
    public static TheoryData<Exception> Outside => [new IOException("No space left on device"), new UnauthorizedAccessException("Access to the path '/x' is denied.")];

    [Theory]
    [MemberData(nameof(Outside))]
    public async Task A_file_that_cannot_be_written_is_a_message(Exception e) => Assert.Equal(1, await Errors.ShownAsync(_ => throw e));

    [Fact]
    public async Task What_is_our_own_mistake_comes_with_its_trace() =>
        await Assert.ThrowsAsync<InvalidOperationException>(() => Errors.ShownAsync(_ => throw new InvalidOperationException("ours")));
}
