using System.Net;
using System.Text;
using System.Text.Json.Nodes;

namespace AirportOps.Aws.Tests.Emulators;

/// <summary>What can happen to a request.</summary>
public delegate Task Happening(IHttpExchange exchange);

/// <summary>Things that happen.</summary>
public static class Happenings
{
    /// <summary>The connection is reset before anything is done.</summary>
    public static Happening Reset { get; } = exchange => exchange.DropAsync(afterForwarding: false);

    /// <summary>All is done, and the answer is lost.</summary>
    public static Happening LostAnswer { get; } = exchange => exchange.DropAsync(afterForwarding: true);

    /// <summary>An error of awsJson.</summary>
    public static Happening Error(string type, string message = "as the script says", HttpStatusCode status = HttpStatusCode.BadRequest) =>
        Answer(status, $$"""{"__type":"{{type}}","message":"{{message}}"}""");

    /// <summary>An answer without the emulator.</summary>
    public static Happening Answer(HttpStatusCode status, string body, string contentType = "application/x-amz-json-1.1") =>
        exchange => exchange.AnswerAsync(status, contentType, Encoding.UTF8.GetBytes(body));

    /// <summary>All is done after a while.</summary>
    public static Happening Late(TimeSpan delay) => async exchange =>
    {
        await Task.Delay(delay);
        await exchange.PassOnAsync(exchange.Request.Body, null);
    };

    /// <summary>Passed on, one after another: for what the emulator should do in one step, but does in several.</summary>
    /// <param name="turn">Let in one at a time.</param>
    public static Happening InTurn(SemaphoreSlim turn) => async exchange =>
    {
        await turn.WaitAsync();
        try
        {
            await exchange.PassOnAsync(exchange.Request.Body, null);
        }
        finally
        {
            turn.Release();
        }
    };

    /// <summary>PutRecords: some records are refused as throttled, the others written.</summary>
    /// <param name="fails">Which are refused, by their number in the request.</param>
    public static Happening RefuseRecords(Func<int, bool> fails) => async exchange =>
    {
        var request = exchange.Request.Json;
        var records = request["Records"]!.AsArray();
        var refused = Enumerable.Range(0, records.Count).Where(fails).ToHashSet();
        request["Records"] = new JsonArray(records.Where((_, number) => !refused.Contains(number)).Select(record => record!.DeepClone()).ToArray());
        if (refused.Count == records.Count)
        {
            await Answer(HttpStatusCode.OK, Merge("""{"Records":[]}"""u8.ToArray()))(exchange);
            return;
        }

        await exchange.PassOnAsync(Encoding.UTF8.GetBytes(request.ToJsonString()), answer => Encoding.UTF8.GetBytes(Merge(answer)));

        string Merge(byte[] answer)
        {
            var json = JsonNode.Parse(answer)!;
            var written = new Queue<JsonNode>(json["Records"]!.AsArray().Select(result => result!.DeepClone()));
            json["FailedRecordCount"] = refused.Count;
            json["Records"] = new JsonArray(Enumerable.Range(0, records.Count)
                .Select(number => refused.Contains(number)
                    ? new JsonObject { ["ErrorCode"] = "ProvisionedThroughputExceededException", ["ErrorMessage"] = "Rate exceeded" }
                    : written.Dequeue())
                .ToArray());
            return json.ToJsonString();
        }
    };
}
