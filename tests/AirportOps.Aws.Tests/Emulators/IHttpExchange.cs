using System.Net;

namespace AirportOps.Aws.Tests.Emulators;

/// <summary>A request, and how it can be answered.</summary>
public interface IHttpExchange
{
    ReceivedRequest Request { get; }

    Task AnswerAsync(HttpStatusCode status, string contentType, byte[] body);

    /// <summary>Lets the emulator answer, and changes the body of the answer if asked to.</summary>
    Task PassOnAsync(Func<byte[], byte[]>? change);

    /// <summary>Resets the connection.</summary>
    /// <param name="afterForwarding">Whether the emulator gets the request and only its answer is lost.</param>
    Task DropAsync(bool afterForwarding);
}
