using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Winback.LocalHost;

namespace Winback.Tests.LocalHost;

public sealed class AnswerTests
{
    [Theory]
    [InlineData(200, "application/json", "{}")]
    [InlineData(202, "application/json; charset=utf-8", """{"Outputs":{},"Logs":[],"ReturnValue":null}""")]
    [InlineData(200, "application/json", """{"whatever":1}""")]
    public void A_json_object_is_a_success(int status, string type, string body) =>
        Assert.IsType<Answer.Succeeded>(Judge(status, type, body));

    [Theory]
    [InlineData(204, null, "")]
    [InlineData(200, "application/json", "")]
    [InlineData(200, null, "")]
    [InlineData(200, "application/json", "null")]
    public void Nothing_hangs(int status, string? type, string body) =>
        Assert.IsType<Answer.Hangs>(Judge(status, type, body));

    [Theory]
    [InlineData(500, "application/json", "{}", "it answered 500")]
    [InlineData(404, null, "", "it answered 404")]
    [InlineData(302, null, "", "it answered 302")]
    [InlineData(200, "text/plain", "{}", "it answered text/plain, not application/json")]
    [InlineData(200, null, "{}", "without a content type")]
    [InlineData(200, "application/json", "{", "not a JSON object")]
    [InlineData(200, "application/json", "[]", "not a JSON object")]
    [InlineData(200, "application/json", "\"ok\"", "not a JSON object")]
    [InlineData(200, "application/json", """{"Logs":"one"}""", "not a JSON object of Outputs, Logs")]
    public void Anything_else_is_a_failure(int status, string? type, string body, string reason) =>
        Assert.Contains(reason, Assert.IsType<Answer.Failed>(Judge(status, type, body)).Reason);

    [Fact]
    public void A_failure_does_not_quote_the_answer() =>
        Assert.DoesNotContain("secret", Assert.IsType<Answer.Failed>(Judge(200, "application/json", "secret")).Reason);

    [Fact]
    public void Logs_and_outputs_are_seen()
    {
        var answer = Assert.IsType<Answer.Succeeded>(Judge(200, "application/json", """{"outputs":{"out":1},"logs":["one","two"]}"""));

        Assert.Equal(["one", "two"], answer.Logs);
        Assert.True(answer.HasOutputs);
    }

    private static Answer Judge(int status, string? type, string body) =>
        Answer.Judge((HttpStatusCode)status, type is null ? null : MediaTypeHeaderValue.Parse(type), Encoding.UTF8.GetBytes(body));
}
