using System.Net;
using System.Text.RegularExpressions;
using Amazon.Runtime;

namespace AirportOps.Aws.Connecting;

/// <summary>Access denied, as services say it.</summary>
internal sealed partial record AwsTrouble
{
    /// <summary>
    /// What a refused call lacks, in the service's own words where it has them: the action may be another than the one called, that of a key for instance.
    /// </summary>
    /// <returns>Null when the exception is no refusal of access.</returns>
    public static Denial? DeniedBy(Exception exception)
    {
        if (exception is not AmazonServiceException error)
        {
            return null;
        }

        var isDenied = error.ErrorCode is "AccessDenied" or "AccessDeniedException" or "NotAuthorized" or "AuthorizationError" or "UnauthorizedOperation"
            or "KMSAccessDeniedException" or "KMSAccessDenied" or "AllAccessDisabled" or "UnauthorizedException";

        // A HEAD has no body, so no code.
        var isDeniedWithoutBody = error.StatusCode == HttpStatusCode.Forbidden && error.ErrorCode is null or "" or "Forbidden" or "403";
        if (!isDenied && !isDeniedWithoutBody)
        {
            return null;
        }

        var said = NotAuthorized().Match(error.Message ?? string.Empty);
        if (said.Success)
        {
            return new Denial(said.Groups["action"].Value, said.Groups["resource"] is { Success: true } resource ? resource.Value : null);
        }

        // All that Secrets Manager says of a secret's key.
        return new Denial(error.Message?.StartsWith("Access to KMS is not allowed", StringComparison.Ordinal) == true ? "kms:Decrypt" : null, null);
    }

    [GeneratedRegex("not authorized to perform:? (?<action>[a-z0-9-]+:[A-Za-z]+)(?: on resource:? \"?(?<resource>arn:[^\\s\"]+)\"?)?", RegexOptions.CultureInvariant)]
    private static partial Regex NotAuthorized();

    /// <summary>What is not allowed.</summary>
    /// <param name="Action">The action; null where the service does not say.</param>
    /// <param name="Resource">The ARN it is not allowed on; likewise.</param>
    public sealed record Denial(string? Action, string? Resource);
}
