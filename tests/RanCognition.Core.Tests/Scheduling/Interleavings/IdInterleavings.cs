namespace RanCognition.Tests.Scheduling.Interleavings;

/// <summary>No id is given twice, to the owner out of its blocks and to others one by one.</summary>
public sealed class IdInterleavings
{
    private const int BlockIds = 2;
    private const int Ids = 24;

    public enum Fault
    {
        None,

        /// <summary>IdSource.TryExtend: reads and writes, where it has to compare and exchange.</summary>
        ExtendsByWrite,

        /// <summary>TryExtend: what is left of the block is kept though others took ids in between.</summary>
        KeepsWhatIsLeft,

        /// <summary>TakeShared: reads and writes.</summary>
        SharesByWrite,

        /// <summary>RaiseTo: nothing is done when others were given higher ids, though lower ones are left in the owner's block.</summary>
        RaisesOnlyOthers,
    }

    [Theory]
    [InlineData(MemoryModel.TotalStoreOrder)]
    [InlineData(MemoryModel.ReleaseOrder)]
    public void No_id_is_given_twice(MemoryModel model)
    {
        Exploration exploration = Explore(model, Fault.None);
        Assert.True(exploration.Fault is null, exploration.Fault);
    }

    [Theory]
    [InlineData(Fault.ExtendsByWrite)]
    [InlineData(Fault.KeepsWhatIsLeft)]
    [InlineData(Fault.SharesByWrite)]
    [InlineData(Fault.RaisesOnlyOthers)]
    public void Without_this_one_is(Fault fault) => Assert.NotNull(Explore(MemoryModel.TotalStoreOrder, fault).Fault);

    private static Exploration Explore(MemoryModel model, Fault fault)
    {
        Machine machine = new(model);
        int unreserved = machine.Cell("unreserved", 1);
        int given = machine.Cell("(given 0)");
        for (int i = 1; i < Ids; i++)
        {
            machine.Cell($"(given {i})");
        }
        int raisedTo = machine.Cell("(raised to)");

        Code owner = machine.Thread();
        int next = owner.Local();   // _next and _end; only the owner uses them
        int end = owner.Local();
        int from = owner.Local();
        int seen = owner.Local();
        owner.Set(next, _ => 1).Set(end, _ => 1);
        Take(1);
        Take(2);
        RaiseTo(6);
        Take(1);
        Take(2);
        for (int i = 0; i < 2; i++)
        {
            Code other = machine.Thread();
            TakeShared(other, 1);
            TakeShared(other, 1 + i);
        }
        return new Exploration(machine, _ => null);

        Note Give(int first, int count, bool isOwners) => (cells, locals) =>
        {
            bool twice = false;
            for (int id = locals[first]; id < locals[first] + count; id++)
            {
                twice |= cells[given + id]++ != 0;
            }
            return twice ? "an id was given twice" : isOwners && locals[first] < cells[raisedTo] ? "an id below was given" : null;
        };

        // IdSource.Take and TryExtend.
        void Take(int count)
        {
            Label again = new();
            Label take = new();
            int left = owner.Local();
            owner.If(l => l[end] - l[next] >= count, take)
                .Mark(again).Read(from, unreserved)
                .Set(left, l => fault == Fault.KeepsWhatIsLeft || l[from] == l[end] ? l[end] - l[next] : 0);
            Value to = l => l[from] + Math.Max(BlockIds, count - l[left]);
            _ = fault == Fault.ExtendsByWrite
                ? owner.Write(unreserved, to)
                : owner.CompareExchange(seen, unreserved, to, l => l[from]).If(l => l[seen] != l[from], again);
            owner.Set(next, l => l[from] - l[left]).Set(end, to)
                .Mark(take).Note(Give(next, count, isOwners: true)).Set(next, l => l[next] + count)
                .Set(from, _ => 0).Set(seen, _ => 0).Set(left, _ => 0);
        }

        void RaiseTo(int first)
        {
            Label look = new();
            Label raised = new();
            Label done = new();
            owner.Read(from, unreserved);
            if (fault == Fault.RaisesOnlyOthers)
            {
                owner.If(l => first <= (l[from] == l[end] ? l[next] : l[from]), done);
            }
            owner.Mark(look).If(l => l[from] >= first, raised)
                .CompareExchange(seen, unreserved, _ => first, l => l[from])
                .Set(from, l => l[seen] == l[from] ? first : l[seen])
                .Goto(look)
                .Mark(raised).Set(next, l => Math.Clamp(first, l[next], l[end]))
                .Mark(done).Set(from, _ => 0).Set(seen, _ => 0)
                .Note((cells, _) =>
                {
                    cells[raisedTo] = (sbyte)first;
                    return null;
                });
        }

        // IdSource.TakeShared.
        void TakeShared(Code code, int count)
        {
            int id = code.Local();
            if (fault == Fault.SharesByWrite)
            {
                code.Read(id, unreserved).Write(unreserved, l => l[id] + count);
            }
            else
            {
                code.AddTo(id, unreserved, _ => count).Set(id, l => l[id] - count);
            }
            code.Note(Give(id, count, isOwners: false)).Set(id, _ => 0);
        }
    }
}
