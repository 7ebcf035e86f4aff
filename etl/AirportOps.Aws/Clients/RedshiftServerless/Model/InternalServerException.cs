using System.Net;
using Amazon.Runtime;

namespace Amazon.RedshiftServerless.Model;

/// <summary>The service failed.</summary>
/// <param name="message">The service's message.</param>
/// <param name="innerException">Of the transport.</param>
/// <param name="errorType">Whose fault it is.</param>
/// <param name="errorCode">The error's name.</param>
/// <param name="requestId">For the service's support.</param>
/// <param name="statusCode">Of HTTP.</param>
public sealed class InternalServerException(
    string message, Exception? innerException, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
    : AmazonRedshiftServerlessException(message, innerException, errorType, errorCode, requestId, statusCode);
