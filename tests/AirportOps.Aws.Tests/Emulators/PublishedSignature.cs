using System.Security.Cryptography;
using System.Text;

namespace AirportOps.Aws.Tests.Emulators;

/// <summary>
/// The signature of a request to S3 by the published rule, from what came over the wire
/// (<see href="https://docs.aws.amazon.com/AmazonS3/latest/API/sig-v4-header-based-auth.html">Signature Version 4</see>).
/// </summary>
internal static class PublishedSignature
{
    /// <summary>The signature that the request should have.</summary>
    /// <param name="request">With an <c>Authorization</c> header, which says region, date and signed headers.</param>
    /// <param name="secret">Of the key that it is signed with.</param>
    internal static string Of(ReceivedRequest request, string secret)
    {
        var scope = Part(request, "Credential").Split('/', 2)[1];
        var canonical = Hex(SHA256.HashData(Encoding.UTF8.GetBytes(Canonical(request))));
        var toSign = $"AWS4-HMAC-SHA256\n{request.Headers["x-amz-date"]}\n{scope}\n{canonical}";
        var key = scope.Split('/').Aggregate(Encoding.UTF8.GetBytes($"AWS4{secret}"), Hmac);
        return Hex(Hmac(key, toSign));
    }

    /// <summary>The signature that it has.</summary>
    internal static string In(ReceivedRequest request) => Part(request, "Signature");

    private static string Canonical(ReceivedRequest request)
    {
        var (path, query) = Cut(request.Target, '?');
        var parameters = query.Split('&', StringSplitOptions.RemoveEmptyEntries).Select(parameter => Cut(parameter, '='))
            .Select(parameter => $"{Encode(Decode(parameter.Before), "")}={Encode(Decode(parameter.Behind), "")}").Order(StringComparer.Ordinal);
        var signed = Part(request, "SignedHeaders");
        var headers = string.Concat(signed.Split(';').Select(name => $"{name}:{request.Headers[name].Trim()}\n"));
        return $"{request.Method}\n{Encode(Decode(path), "/")}\n{string.Join('&', parameters)}\n{headers}\n{signed}\n{request.Headers["x-amz-content-sha256"]}";
    }

    /// <summary>UriEncode of the rule: every byte of UTF-8 but the unreserved characters, in capital hexadecimal digits.</summary>
    private static string Encode(string text, string kept)
    {
        var encoded = new StringBuilder();
        foreach (var value in Encoding.UTF8.GetBytes(text))
        {
            var character = (char)value;
            if (char.IsAsciiLetterOrDigit(character) || "-._~".Contains(character, StringComparison.Ordinal) || kept.Contains(character, StringComparison.Ordinal))
            {
                encoded.Append(character);
            }
            else
            {
                encoded.Append('%').Append(value.ToString("X2", System.Globalization.CultureInfo.InvariantCulture));
            }
        }

        return encoded.ToString();
    }

    private static string Decode(string text) => Uri.UnescapeDataString(text);

    private static string Part(ReceivedRequest request, string name)
    {
        var header = request.Headers["Authorization"];
        var start = header.IndexOf($"{name}=", StringComparison.Ordinal) + name.Length + 1;
        return header[start..].Split(',', 2)[0];
    }

    private static (string Before, string Behind) Cut(string text, char at) =>
        text.IndexOf(at, StringComparison.Ordinal) is >= 0 and var index ? (text[..index], text[(index + 1)..]) : (text, "");

    private static byte[] Hmac(byte[] key, string text) => HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(text));

    private static string Hex(byte[] bytes) => Convert.ToHexStringLower(bytes);
}
