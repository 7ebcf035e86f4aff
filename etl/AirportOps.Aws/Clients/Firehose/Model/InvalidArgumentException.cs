using System.Net;
using Amazon.Runtime;

namespace Amazon.KinesisFirehose.Model;

/// <summary>An argument is out of its range.</summary>
/// <param name="message">The service's message.</param>
/// <param name="innerException">Of the transport.</param>
/// <param name="errorType">Whose fault it is.</param>
/// <param name="errorCode">The error's name.</param>
/// <param name="requestId">For the service's support.</param>
/// <param name="statusCode">Of HTTP.</param>
public sealed class InvalidArgumentException(
    string message, Exception? innerException, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
    : AmazonKinesisFirehoseException(message, innerException, errorType, errorCode, requestId, statusCode);
