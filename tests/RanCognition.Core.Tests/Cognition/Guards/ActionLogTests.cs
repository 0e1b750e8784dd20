using RanCognition.Cognition.Guards;
using RanCognition.Contracts;
using static RanCognition.Tests.Cognition.GuardScene;

namespace RanCognition.Tests.Cognition;

public sealed class ActionLogTests
{
    [Fact]
    public void The_nearest_change_is_found_before_and_after()
    {
        Random random = new(4);
        ActionLog log = new();
        List<ulong> times = [];
        for (int i = 0; i < 500; i++)
        {
            ulong time = (ulong)random.Next(100_000);
            times.Add(time);
            log.Add(Record((ulong)i, time, Offset("1-2", 1)));
        }
        for (int i = 0; i < 500; i++)
        {
            ulong asked = (ulong)random.Next(110_000);
            decimal nearest = times.Min(time => Math.Abs((decimal)time - asked));
            Assert.Equal(nearest, Math.Abs((decimal)log.Nearest("NRCellRelation=1-2", asked)!.TimeNs - asked));
        }
        Assert.Null(log.Nearest("NRCellRelation=1-3", 5));
    }

    [Fact]
    public void A_record_that_is_told_again_is_the_same_and_one_that_was_not_executed_goes()
    {
        ActionLog log = new();
        DecisionRecord record = Record(1, Now, Offset("1-2", 1), Offset("1-3", 1));
        log.Add(record);
        log.Add(record with { Status = DecisionStatus.Kept });
        Assert.Equal(2, log.Count);
        Assert.True(log.Nearest("NRCellRelation=1-2", Now)!.IsClosed);
        log.Add(record with { Executed = false });
        Assert.Equal(0, log.Count);
        log.Remove(record);
        Assert.Null(log.Nearest("NRCellRelation=1-2", Now));
    }

    [Fact]
    public void What_was_told_first_is_forgotten_beyond_the_bound()
    {
        ActionLog log = new(actionsMax: 3);
        for (ulong i = 0; i < 5; i++)
        {
            log.Add(Record(i, i, Offset("1-" + i, 1)));
        }
        Assert.Equal(3, log.Count);
        Assert.Null(log.Nearest("NRCellRelation=1-1", 0));
        Assert.NotNull(log.Nearest("NRCellRelation=1-2", 0));
    }

    [Fact]
    public void Times_at_the_ends_of_the_range_are_safe()
    {
        ActionLog log = new();
        log.Add(Record(1, ulong.MaxValue, Change("NRCellDU=1", "administrativeState", "UNLOCKED", "LOCKED")));
        log.Add(Record(2, 0, Change("NRCellDU=1", "administrativeState", "UNLOCKED", "LOCKED")));
        Assert.Equal(2UL, log.Nearest("NRCellDU=1", 1)!.DecisionId);
        Assert.Equal(2UL, log.Waking("1", 1, ulong.MaxValue)!.DecisionId);
        List<LoggedAction> watched = [];
        log.CollectWatched("NRCellDU=1", ulong.MaxValue, ulong.MaxValue, watched);
        Assert.Empty(watched);
    }
}
