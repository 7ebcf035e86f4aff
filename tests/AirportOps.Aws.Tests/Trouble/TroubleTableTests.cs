using System.Net;
using AirportOps.Aws.Tests.Emulators;
using AirportOps.Aws.Tests.Kinesis;
using AirportOps.Lake;
using AirportOps.Streams;

namespace AirportOps.Aws.Tests.Trouble;

/// <summary>Each kind of trouble at each call: one line, nothing lost, and the work goes on when the trouble ends.</summary>
public sealed class TroubleTableTests(AwsEmulators emulators)
{
    private const string Credentials = "check AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY and AWS_SESSION_TOKEN";

    /// <summary>What a service says, as awsJson and as S3 has it, and what we say of it; <c>ACTION</c> and <c>RESOURCE</c> are the call's.</summary>
    private static readonly (string Json, string Xml, HttpStatusCode Status, string Message, string Said)[] Refusals =
    [
        ("ExpiredTokenException", "ExpiredToken", HttpStatusCode.BadRequest, "The token has expired.",
            "the AWS credentials have expired; renew them, for instance by 'aws sso login'."),
        ("UnrecognizedClientException", "InvalidAccessKeyId", HttpStatusCode.Forbidden, "The key is unknown.", $"the AWS credentials are wrong (CODE); {Credentials}."),
        ("InvalidSignatureException", "SignatureDoesNotMatch", HttpStatusCode.Forbidden, "The signature is another.",
            $"the AWS credentials are wrong (CODE); {Credentials}."),
        ("AccessDeniedException", "AccessDenied", HttpStatusCode.Forbidden, "Access Denied",
            "access denied: allow ACTION on RESOURCE in the policy of the credentials in use"),
        ("AccessDeniedException", "AccessDenied", HttpStatusCode.Forbidden,
            "User: arn:aws:iam::123456789012:user/u is not authorized to perform: kms:Decrypt on resource: arn:aws:kms:us-east-1:123456789012:key/k because of this.",
            "access denied: allow kms:Decrypt on arn:aws:kms:us-east-1:123456789012:key/k in the policy of the credentials in use"),
        ("InvalidSignatureException", "AuthorizationHeaderMalformed", HttpStatusCode.BadRequest, "Credential should be scoped to a valid region.",
            "it lies in another region; set AWS_REGION to it (Credential should be scoped to a valid region)."),
        ("InvalidSignatureException", "RequestTimeTooSkewed", HttpStatusCode.Forbidden, "Signature not yet current: 20260301T130000Z is still later than 20260301T120500Z",
            "this machine's clock and AWS's are minutes apart; set the clock."),
        ("ResourceNotFoundException", "NoSuchBucket", HttpStatusCode.NotFound, "It was deleted.",
            "it is not there (It was deleted); check its name, AWS_REGION and the account."),
    ];

    public static TheoryData<string> Everywhere => TroublePlaces.Names(_ => true);

    public static TheoryData<string> UnderWay => TroublePlaces.Names(place => !place.IsFirst);

    public static TheoryData<string> First => TroublePlaces.Names(place => place.IsFirst);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Everywhere))]
    public async Task A_refusal_is_one_line_and_the_next_attempt_goes_on_where_it_was(string name)
    {
        var place = TroublePlaces.Of(name);
        await using var scene = await TroubleScene.CreateAsync(emulators, place, TimeProvider.System);
        foreach (var (json, xml, status, message, said) in Refusals)
        {
            var isMissing = status == HttpStatusCode.NotFound;
            if (isMissing && (place.IsFirst || place.IsWithoutBody || name == "GetShardIterator"))
            {
                // Has words of its own: how to create it, which shard; and of an object nobody can tell without a body.
                continue;
            }

            var work = await place.Prepare(scene);
            scene.Endpoint.Next(place.Matches, 1, Answer(place, json, xml, status, message));

            var error = await Assert.ThrowsAnyAsync<Exception>(work);

            Assert.True(error is StreamException or LakeException, $"{error.GetType()}: {error.Message}");
            Assert.DoesNotContain('\n', error.Message);
            Assert.False(error is StreamException { IsTransient: true } or LakeException { IsTransient: true });
            var expected = place.IsWithoutBody ? WithoutBody(status) : said;
            Assert.StartsWith(
                place.Begin(scene) + expected.Replace("ACTION", place.Action, StringComparison.Ordinal)
                    .Replace("RESOURCE", place.Resource(scene), StringComparison.Ordinal)
                    .Replace("CODE", place.IsOfStream ? json : xml, StringComparison.Ordinal),
                error.Message,
                StringComparison.Ordinal);
        }

        await (await place.Prepare(scene))();
    }

    [Theory]
    [MemberData(nameof(Everywhere))]
    public async Task Throttling_for_an_hour_is_waited_out_with_a_line_now_and_then_and_nothing_is_lost(string name)
    {
        var place = TroublePlaces.Of(name);
        var clock = new FakeClock();
        await using var scene = await TroubleScene.CreateAsync(emulators, place, clock);
        var work = await place.Prepare(scene);
        var end = clock.GetUtcNow().AddHours(1);
        var throttled = Answer(place, "ThrottlingException", "SlowDown", place.IsOfStream ? HttpStatusCode.BadRequest : HttpStatusCode.ServiceUnavailable, "Slower.");
        scene.Endpoint.Next(request => place.Matches(request) && clock.GetUtcNow() < end, int.MaxValue, throttled);

        await WhileTimePasses(clock, work());

        Assert.True(clock.GetUtcNow() >= end);
        var lines = scene.Logger.Lines.ToList();
        Assert.InRange(lines.Count(line => line.Contains("is throttled", StringComparison.Ordinal)), 1, 360);
        Assert.Matches("works again after 3[5-9][0-9][0-9] s", lines.Last());
    }

    [Theory]
    [MemberData(nameof(UnderWay))]
    public async Task An_outage_of_two_minutes_is_waited_out(string name)
    {
        var place = TroublePlaces.Of(name);
        var clock = new FakeClock();
        await using var scene = await TroubleScene.CreateAsync(emulators, place, clock);
        var work = await place.Prepare(scene);
        var end = clock.GetUtcNow().AddMinutes(2);
        scene.Endpoint.Next(request => place.Matches(request) && clock.GetUtcNow() < end, int.MaxValue, Happenings.Reset);

        await WhileTimePasses(clock, work());

        Assert.Contains("does not answer", scene.Logger.Lines.First(), StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(UnderWay))]
    public async Task An_outage_beyond_patience_is_one_line_and_a_later_attempt_goes_on(string name)
    {
        var place = TroublePlaces.Of(name);
        var clock = new FakeClock();
        await using var scene = await TroubleScene.CreateAsync(emulators, place, clock);
        var work = await place.Prepare(scene);
        var end = clock.GetUtcNow().AddMinutes(30);
        scene.Endpoint.Next(request => place.Matches(request) && clock.GetUtcNow() < end, int.MaxValue, Happenings.Reset);

        var error = await Assert.ThrowsAnyAsync<Exception>(() => WhileTimePasses(clock, work()));

        Assert.True(error is StreamException { IsTransient: true } or LakeException { IsTransient: true }, $"{error.GetType()}: {error.Message}");
        Assert.StartsWith($"{place.Begin(scene)}the endpoint {scene.Endpoint.Url} does not answer (", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', error.Message);
        Assert.InRange((clock.GetUtcNow() - end.AddMinutes(-30)).TotalMinutes, 5, 15);
        clock.Advance(end - clock.GetUtcNow());
        await WhileTimePasses(clock, (await place.Prepare(scene))());
    }

    [Theory]
    [MemberData(nameof(First))]
    public async Task What_is_down_at_the_start_is_told_at_once(string name)
    {
        var place = TroublePlaces.Of(name);
        await using var scene = await TroubleScene.CreateAsync(emulators, place, TimeProvider.System);
        var isDown = true;
        scene.Endpoint.Next(request => place.Matches(request) && isDown, int.MaxValue, Happenings.Reset);

        var error = await Assert.ThrowsAnyAsync<Exception>(await place.Prepare(scene));

        Assert.StartsWith($"{place.Begin(scene)}the endpoint {scene.Endpoint.Url} does not answer (", error.Message, StringComparison.Ordinal);
        isDown = false;
        await (await place.Prepare(scene))();
    }

    private static Happening Answer(TroublePlace place, string json, string xml, HttpStatusCode status, string message) => place.IsOfStream
        ? Happenings.Error(json, message, status == HttpStatusCode.Forbidden ? HttpStatusCode.BadRequest : status == HttpStatusCode.NotFound ? HttpStatusCode.BadRequest : status)
        : Happenings.Answer(status, $"<?xml version=\"1.0\"?><Error><Code>{xml}</Code><Message>{message}</Message></Error>", "application/xml");

    private static string WithoutBody(HttpStatusCode status) => status == HttpStatusCode.Forbidden
        ? "access denied: allow ACTION on RESOURCE in the policy of the credentials in use"
        : "ACTION on RESOURCE is refused without a reason (HTTP status 400), most often because the AWS credentials have expired; renew them";

    /// <summary>Time passes for work that waits for it, twenty seconds at a time.</summary>
    private static async Task WhileTimePasses(FakeClock clock, Task work)
    {
        while (!work.IsCompleted)
        {
            // While requests are under way it stands.
            if (clock.IsAwaited)
            {
                clock.Advance(TimeSpan.FromSeconds(20));
            }

            await Task.WhenAny(work, Task.Delay(1, Token));
        }

        await work;
    }
}
