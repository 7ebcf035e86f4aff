using System.Net;

namespace AirportOps.Aws.Tests.Emulators;

/// <summary>A request, and how it can be answered.</summary>
public interface IHttpExchange
{
    ReceivedRequest Request { get; }

    /// <summary>Answers without the emulator.</summary>
    /// <param name="status">The status.</param>
    /// <param name="contentType">What the body is.</param>
    /// <param name="body">The body.</param>
    /// <param name="saysLength">Whether the answer says how long it is; else it comes in chunks.</param>
    Task AnswerAsync(HttpStatusCode status, string contentType, byte[] body, bool saysLength = true);

    /// <summary>Lets the emulator answer.</summary>
    /// <param name="body">What it gets.</param>
    /// <param name="change">Changes the body of its answer; null leaves it.</param>
    Task PassOnAsync(byte[] body, Func<byte[], byte[]>? change);

    /// <summary>Resets the connection.</summary>
    /// <param name="afterForwarding">Whether the emulator gets the request and only its answer is lost.</param>
    Task DropAsync(bool afterForwarding);

    /// <summary>Lets the emulator answer and breaks the connection within the body of its answer.</summary>
    /// <param name="bytes">How much of the body still comes.</param>
    Task CutAsync(int bytes);
}
