using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using System.Xml.Linq;
using AirportOps.Aws.Tests.Emulators;
using Amazon.Runtime;

namespace AirportOps.Aws.Tests.Checks;

/// <summary>A user of IAM on a moto that can check permissions.</summary>
internal sealed class TestUser
{
    private static readonly HttpClient Http = new();

    private readonly Uri _moto;
    private readonly string _name;

    private TestUser(Uri moto, string name, AWSCredentials credentials) => (_moto, _name, Credentials) = (moto, name, credentials);

    internal AWSCredentials Credentials { get; }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>A moto of the caller's own that checks nothing until told to.</summary>
    internal static Task<EmulatorProcess> StartMotoAsync() => AwsEmulators.StartMotoAsync(uncheckedCalls: int.MaxValue);

    internal static async Task<TestUser> CreateAsync(Uri moto)
    {
        var name = $"user-{Guid.NewGuid():N}";
        await AskAsync(moto, ("Action", "CreateUser"), ("UserName", name));
        var key = await AskAsync(moto, ("Action", "CreateAccessKey"), ("UserName", name));
        return new TestUser(moto, name, new BasicAWSCredentials(Text("AccessKeyId"), Text("SecretAccessKey")));

        string Text(string element) => key.Descendants().Single(found => found.Name.LocalName == element).Value;
    }

    /// <summary>Gives the user a policy of these statements and no other, and has it checked from now on.</summary>
    internal async Task AllowAsync(params IEnumerable<(string Action, string Resource)> statements)
    {
        await ResetAsync(int.MaxValue);
        var policy = new JsonObject
        {
            ["Version"] = "2012-10-17",
            ["Statement"] = new JsonArray([.. statements.Select(statement => (JsonNode)new JsonObject
            {
                ["Effect"] = "Allow",
                ["Action"] = statement.Action,
                ["Resource"] = statement.Resource,
            })]),
        };
        await AskAsync(_moto, ("Action", "PutUserPolicy"), ("UserName", _name), ("PolicyName", "p"), ("PolicyDocument", policy.ToJsonString()));
        await ResetAsync(0);
    }

    /// <summary>Has permissions checked after so many more calls.</summary>
    internal async Task ResetAsync(int uncheckedCalls)
    {
        using var content = new ByteArrayContent(System.Text.Encoding.ASCII.GetBytes($"{uncheckedCalls}"));
        content.Headers.ContentType = new MediaTypeHeaderValue("application/octet-stream");
        using var answer = await Http.PostAsync(new Uri(_moto, "/moto-api/reset-auth"), content, Token);
        Assert.True(answer.IsSuccessStatusCode);
    }

    private static async Task<XDocument> AskAsync(Uri moto, params (string Name, string Value)[] form)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, moto)
        {
            Content = new FormUrlEncodedContent([.. form.Select(field => KeyValuePair.Create(field.Name, field.Value)), new("Version", "2010-05-08")]),
        };
        request.Headers.Authorization = new AuthenticationHeaderValue(
            "AWS4-HMAC-SHA256", "Credential=test/20260301/us-east-1/iam/aws4_request, SignedHeaders=host, Signature=0");
        using var answer = await Http.SendAsync(request, Token);
        var text = await answer.Content.ReadAsStringAsync(Token);
        Assert.True(answer.IsSuccessStatusCode, text);
        return XDocument.Parse(text);
    }
}
