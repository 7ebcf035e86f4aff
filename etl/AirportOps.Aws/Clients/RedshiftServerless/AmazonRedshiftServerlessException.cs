using System.Net;
using Amazon.Runtime;

namespace Amazon.RedshiftServerless;

/// <summary>An error the service answered with; those that callers tell apart have types of their own.</summary>
/// <param name="message">The service's message.</param>
/// <param name="innerException">Of the transport.</param>
/// <param name="errorType">Whose fault it is.</param>
/// <param name="errorCode">The error's name.</param>
/// <param name="requestId">For the service's support.</param>
/// <param name="statusCode">Of HTTP.</param>
public class AmazonRedshiftServerlessException(
    string message, Exception? innerException, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
    : AmazonServiceException(message, innerException, errorType, errorCode, requestId, statusCode);
