using System.Net;
using Amazon.Runtime;

namespace AirportOps.Aws.Clients.Runtime;

/// <summary>What a service said of an error.</summary>
/// <param name="Message">Its message.</param>
/// <param name="InnerException">Of the transport.</param>
/// <param name="Type">Whose fault it is.</param>
/// <param name="Code">The error's name, for instance <c>ExpiredIteratorException</c>.</param>
/// <param name="RequestId">For the service's support.</param>
/// <param name="StatusCode">Of HTTP.</param>
public sealed record ErrorDetails(
    string Message, Exception InnerException, ErrorType Type, string Code, string RequestId, HttpStatusCode StatusCode);
