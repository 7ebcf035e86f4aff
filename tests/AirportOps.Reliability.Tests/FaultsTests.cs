using System.Data.Common;

namespace AirportOps.Reliability.Tests;

public sealed class FaultsTests
{
    public static TheoryData<Exception, Fault> Failures => new()
    {
        { new TestFailure(Fault.Outside), Fault.Outside },
        { new TestFailure(Fault.Operator), Fault.Operator },
        { new IOException("No space left on device", 28), Fault.Outside },
        { new IOException("Disk quota exceeded", 122), Fault.Outside },
        { new IOException("Something else"), Fault.Ours },
        { new UnauthorizedAccessException(), Fault.Operator },
        { new AwayDatabase(isTransient: true), Fault.Outside },
        { new AwayDatabase(isTransient: false), Fault.Ours },
        { new ArgumentException("A bug."), Fault.Ours },
        { new InvalidOperationException("A bug."), Fault.Ours },
    };

    [Theory]
    [MemberData(nameof(Failures))]
    public void Every_exception_is_somebodys_fault(Exception failure, Fault expected) => Assert.Equal(expected, Faults.Of(failure));

    [Fact]
    public void A_programming_error_does_not_speak_to_an_operator()
    {
        Assert.False(Faults.IsTold(new ArgumentException("A bug.")));
        Assert.True(Faults.IsTold(new TestFailure(Fault.Operator)));
    }

    private sealed class AwayDatabase(bool isTransient) : DbException
    {
        public override bool IsTransient => isTransient;
    }
}
