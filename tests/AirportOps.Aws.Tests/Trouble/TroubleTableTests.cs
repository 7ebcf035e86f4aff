using System.Net;
using System.Text.RegularExpressions;
using AirportOps.Aws.Tests.Emulators;
using AirportOps.Aws.Tests.Kinesis;
using AirportOps.Reliability;
using AirportOps.Warehouse.Tests;

namespace AirportOps.Aws.Tests.Trouble;

/// <summary>Each kind of trouble at each call: one line, nothing lost, and the work goes on when the trouble ends.</summary>
public sealed partial class TroubleTableTests(AwsEmulators emulators, ClusterFixture cluster)
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

    public static TheoryData<string> GivenUp => TroublePlaces.Names(place => place is { IsFirst: false, WaitsForEver: false });

    public static TheoryData<string> WaitedOut => TroublePlaces.Names(place => place.WaitsForEver);

    public static TheoryData<string> First => TroublePlaces.Names(place => place.IsFirst);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Everywhere))]
    public async Task A_refusal_is_one_line_and_the_next_attempt_goes_on_where_it_was(string name)
    {
        var place = TroublePlaces.Of(name);
        await using var scene = await TroubleScene.CreateAsync(emulators, cluster, place, TimeProvider.System);
        foreach (var (json, xml, status, message, said) in Refusals)
        {
            var isMissing = status == HttpStatusCode.NotFound;
            if (isMissing && place.MissingIsNone is not null)
            {
                continue;
            }

            var work = await place.Prepare(scene);
            scene.Endpoint.Next(place.Matches, 1, Answer(place, json, xml, status, message));

            var error = await Assert.ThrowsAnyAsync<Exception>(work);

            Assert.False(Passes(error), error.Message);
            Assert.DoesNotContain('\n', error.Message);
            var expected = (place.IsWithoutBody ? WithoutBody(status) : said).Replace("ACTION", place.Action, StringComparison.Ordinal)
                .Replace("RESOURCE", place.Resource(scene), StringComparison.Ordinal)
                .Replace("CODE", IsXml(place) ? xml : json, StringComparison.Ordinal);
            Assert.StartsWith(isMissing && place.Missing is { } missing ? missing(scene) : place.Begin(scene) + expected, error.Message, StringComparison.Ordinal);
        }

        await (await place.Prepare(scene))();
    }

    [Theory]
    [MemberData(nameof(Everywhere))]
    public async Task Throttling_for_an_hour_is_waited_out_with_a_line_now_and_then_and_nothing_is_lost(string name)
    {
        var place = TroublePlaces.Of(name);
        var clock = new FakeClock();
        await using var scene = await TroubleScene.CreateAsync(emulators, cluster, place, clock);
        var work = await PrepareAsync(place, scene, clock);
        var trouble = new Spell(clock, TimeSpan.FromHours(1));
        var throttled = Answer(place, "ThrottlingException", "SlowDown", IsXml(place) ? HttpStatusCode.ServiceUnavailable : HttpStatusCode.BadRequest, "Slower.");
        scene.Endpoint.Next(request => place.Matches(request) && trouble.Lasts(), int.MaxValue, throttled);

        await WhileTimePasses(clock, work());

        Assert.True(trouble.Age >= trouble.Length);
        var lines = scene.Logger.Lines.ToList();
        Assert.Single(lines, line => line.Contains(" waits: ", StringComparison.Ordinal));
        Assert.InRange(lines.Count(line => line.Contains("is throttled", StringComparison.Ordinal)), 1, 1 + 6);
        Assert.Single(lines, line => AfterAnHour().IsMatch(line));
    }

    [Theory]
    [MemberData(nameof(UnderWay))]
    public async Task An_outage_of_two_minutes_is_waited_out(string name)
    {
        var place = TroublePlaces.Of(name);
        var clock = new FakeClock();
        await using var scene = await TroubleScene.CreateAsync(emulators, cluster, place, clock);
        var work = await PrepareAsync(place, scene, clock);
        var trouble = new Spell(clock, TimeSpan.FromMinutes(2));
        scene.Endpoint.Next(request => place.Matches(request) && trouble.Lasts(), int.MaxValue, Happenings.Reset);

        await WhileTimePasses(clock, work());

        Assert.Contains("does not answer", scene.Logger.Lines.First(), StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(WaitedOut))]
    public async Task An_outage_of_half_an_hour_is_waited_out_where_patience_has_no_end(string name)
    {
        var place = TroublePlaces.Of(name);
        var clock = new FakeClock();
        await using var scene = await TroubleScene.CreateAsync(emulators, cluster, place, clock);
        var work = await PrepareAsync(place, scene, clock);
        var trouble = new Spell(clock, TimeSpan.FromMinutes(30));
        scene.Endpoint.Next(request => place.Matches(request) && trouble.Lasts(), int.MaxValue, Happenings.Reset);

        await WhileTimePasses(clock, work());

        Assert.True(trouble.Age >= trouble.Length);
        Assert.Contains("does not answer", Assert.Single(scene.Logger.Lines, line => line.Contains(" waits: ", StringComparison.Ordinal)), StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(GivenUp))]
    public async Task An_outage_beyond_patience_is_one_line_and_a_later_attempt_goes_on(string name)
    {
        var place = TroublePlaces.Of(name);
        var clock = new FakeClock();
        await using var scene = await TroubleScene.CreateAsync(emulators, cluster, place, clock);
        var work = await PrepareAsync(place, scene, clock);
        var trouble = new Spell(clock, TimeSpan.FromMinutes(30));
        scene.Endpoint.Next(request => place.Matches(request) && trouble.Lasts(), int.MaxValue, Happenings.Reset);

        var error = await Assert.ThrowsAnyAsync<Exception>(() => WhileTimePasses(clock, work()));

        Assert.True(Passes(error), error.Message);
        Assert.StartsWith($"{place.Begin(scene)}the endpoint {scene.Endpoint.Url} does not answer (", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', error.Message);
        Assert.InRange(trouble.Age.TotalMinutes, 5, 15);
        clock.Advance(trouble.Length);
        await WhileTimePasses(clock, (await PrepareAsync(place, scene, clock))());
    }

    [Theory]
    [MemberData(nameof(First))]
    public async Task What_is_down_at_the_start_is_told_at_once(string name)
    {
        var place = TroublePlaces.Of(name);
        await using var scene = await TroubleScene.CreateAsync(emulators, cluster, place, TimeProvider.System);
        var isDown = true;
        scene.Endpoint.Next(request => place.Matches(request) && isDown, int.MaxValue, Happenings.Reset);

        var error = await Assert.ThrowsAnyAsync<Exception>(await place.Prepare(scene));

        Assert.StartsWith($"{place.Begin(scene)}the endpoint {scene.Endpoint.Url} does not answer (", error.Message, StringComparison.Ordinal);
        isDown = false;
        await (await place.Prepare(scene))();
    }

    /// <summary>S3 answers in XML with a status for each error, the others in JSON with one for all.</summary>
    private static Happening Answer(TroublePlace place, string json, string xml, HttpStatusCode status, string message) => IsXml(place)
        ? Happenings.Answer(status, $"<?xml version=\"1.0\"?><Error><Code>{xml}</Code><Message>{message}</Message></Error>", "application/xml")
        : Happenings.Error(json, message);

    private static bool IsXml(TroublePlace place) => place.Service == "s3";

    /// <summary>Whether trouble passes by itself, as its exception says, which is one of the places' own.</summary>
    private static bool Passes(Exception error) => error is FaultException trouble
        ? trouble.Fault is Fault.Outside
        : throw new InvalidOperationException("It is none of ours.", error);

    private static string WithoutBody(HttpStatusCode status) => status == HttpStatusCode.Forbidden
        ? "access denied: allow ACTION on RESOURCE in the policy of the credentials in use"
        : "ACTION on RESOURCE is refused without a reason (HTTP status 400), most often because the AWS credentials have expired; renew them";

    [GeneratedRegex("goes on after 3[5-9][0-9][0-9] s")]
    private static partial Regex AfterAnHour();

    /// <summary>Trouble from the first call on that might meet it.</summary>
    private sealed class Spell(FakeClock clock, TimeSpan length)
    {
        private DateTimeOffset? _begin;

        internal TimeSpan Length => length;

        /// <summary>From the first call to the last.</summary>
        internal TimeSpan Age { get; private set; }

        /// <summary>For a call: whether it meets it.</summary>
        internal bool Lasts()
        {
            var now = clock.GetUtcNow();
            Age = now - (_begin ??= now);
            return Age < length;
        }
    }

    private static async Task<Func<Task>> PrepareAsync(TroublePlace place, TroubleScene scene, FakeClock clock)
    {
        var preparing = place.Prepare(scene);
        await WhileTimePasses(clock, preparing);
        return await preparing;
    }

    /// <summary>Time passes for work that waits for it, twenty seconds at a time.</summary>
    private static async Task WhileTimePasses(FakeClock clock, Task work)
    {
        await clock.PassAsync(TimeSpan.FromSeconds(20), work);
        await work;
    }
}
