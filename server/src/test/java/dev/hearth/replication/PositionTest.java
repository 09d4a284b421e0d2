package dev.hearth.replication;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PositionTest {
    private final Position position = new Position();

    @Test
    void confirmsNothingThatWasNotHandedOver() {
        position.handedOver(new Lsn(10));
        position.ended(new Lsn(20));
        position.idle(new Lsn(30));
        assertThat(position.confirmable()).isEqualTo(new Lsn(10));
        assertThat(position.isBehind()).isTrue();
    }

    @Test
    void confirmsWhatLiesBehindTheLastTransactionOnceThatIsHandedOver() {
        position.ended(new Lsn(20));
        position.idle(new Lsn(30));
        position.handedOver(new Lsn(20));
        assertThat(position.confirmable()).isEqualTo(new Lsn(30));
        assertThat(position.isBehind()).isFalse();
    }

    @Test
    void confirmsAnIdlePlaceWhoseTransactionsAreOverWhileALaterOneIsNot() {
        position.ended(new Lsn(20));
        position.idle(new Lsn(30));
        position.ended(new Lsn(40));
        position.handedOver(new Lsn(20));
        assertThat(position.confirmable()).isEqualTo(new Lsn(30));
    }

    @Test
    void neverGoesBack() {
        position.handedOver(new Lsn(20));
        position.handedOver(new Lsn(10));
        assertThat(position.confirmable()).isEqualTo(new Lsn(20));
    }

    @Test
    void beginsAnewInAnotherLog() {
        position.ended(new Lsn(20));
        position.handedOver(new Lsn(20));
        position.restart(new Lsn(5));
        assertThat(position.confirmable()).isEqualTo(new Lsn(5));
    }
}
