using RanCognition.Scheduling;

namespace RanCognition.Tests.Scheduling;

public sealed class IdSourceTests
{
    [Fact]
    public void One_thread_gets_one_after_the_other()
    {
        var ids = new IdSource();
        ulong next = 1;
        foreach (ulong count in (ulong[])[1, 1, 300, 255, 256, 257, 1, 1_000_000, 7, uint.MaxValue, 1])
        {
            Assert.Equal(next, ids.Next);
            Assert.Equal(next, ids.Take(count));
            next += count;
            Assert.True(ids.WasGiven(next - 1));
            Assert.False(ids.WasGiven(next));
        }
    }

    [Fact]
    public void After_raising_no_id_below_is_given_also_when_others_took_some()
    {
        var ids = new IdSource();
        ids.Take(4);
        ulong shared = ids.TakeShared(1);
        ids.RaiseTo(100);
        Assert.True(ids.Take(1) >= 100);
        Assert.True(ids.TakeShared(1) > shared);
        ids.RaiseTo(5000);
        Assert.True(ids.Take(1) >= 5000);
        ulong before = ids.TakeShared(1);
        Assert.True(before >= 5000);
        ids.RaiseTo(3);
        Assert.True(ids.Take(1) != before);
    }

    [Fact]
    public void The_last_ids_are_given_and_then_none()
    {
        var ids = new IdSource();
        ids.RaiseTo(IdSource.IdMax - 5);
        Assert.Equal(0ul, ids.Take(6));
        Assert.Equal(IdSource.IdMax - 5, ids.Take(2));
        Assert.Equal(0ul, ids.TakeShared(1));   // the rest is the owner's
        Assert.Equal(IdSource.IdMax - 3, ids.Take(3));
        Assert.Equal(0ul, ids.Take(1));
        Assert.Equal(0ul, ids.TakeShared(1));
        Assert.Equal(IdSource.IdMax, ids.Next);
    }

    [Fact]
    public void No_id_is_given_twice_to_several_threads()
    {
        const int Each = 50_000;
        var ids = new IdSource();
        ulong[][] given = new ulong[4][];
        ThreadGroup.Run(4, player =>
        {
            given[player] = new ulong[Each];
            for (int i = 0; i < Each; i++)
            {
                given[player][i] = player == 0 ? ids.Take(1) : ids.TakeShared(1);
            }
        });
        Assert.Equal(4 * Each, given.SelectMany(g => g).Distinct().Count());
    }
}
