using System.Net;
using System.Text;

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
}
