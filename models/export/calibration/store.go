package store

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"sync"
	"time"
)

// ErrNotFound is returned when no entry has the key.
var ErrNotFound = errors.New("store: not found")

type entry[V any] struct {
	value   V
	expires time.Time
}

// Store is a map whose entries expire. It is safe for concurrent use.
type Store[V any] struct {
	mu      sync.RWMutex
	entries map[string]entry[V]
	now     func() time.Time
}

// New returns an empty store.
func New[V any]() *Store[V] {
	return &Store[V]{entries: make(map[string]entry[V]), now: time.Now}
}

// Get returns the value of key, or ErrNotFound.
func (s *Store[V]) Get(key string) (V, error) {
	s.mu.RLock()
	defer s.mu.RUnlock()
	e, ok := s.entries[key]
	if !ok || s.now().After(e.expires) {
		var zero V
		return zero, fmt.Errorf("get %q: %w", key, ErrNotFound)
	}
	return e.value, nil
}

// Put sets the value of key for the given time to live.
func (s *Store[V]) Put(key string, value V, ttl time.Duration) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.entries[key] = entry[V]{value: value, expires: s.now().Add(ttl)}
}

// Sweep removes expired entries until ctx is done.
func (s *Store[V]) Sweep(ctx context.Context, every time.Duration) {
	ticker := time.NewTicker(every)
	defer ticker.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-ticker.C:
			s.mu.Lock()
			for key, e := range s.entries {
				if s.now().After(e.expires) {
					delete(s.entries, key)
				}
			}
			s.mu.Unlock()
		}
	}
}

// ServeHTTP writes the value of the key in the query as JSON.
func (s *Store[V]) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	value, err := s.Get(r.URL.Query().Get("key"))
	if errors.Is(err, ErrNotFound) {
		http.Error(w, err.Error(), http.StatusNotFound)
		return
	}
	w.Header().Set("Content-Type", "application/json; charset=utf-8")
	if err := json.NewEncoder(w).Encode(value); err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
	}
}
